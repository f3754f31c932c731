/** Reading playlists by the letter, which a parser that is lenient or rounds would hide. */

export type Attributes = ReadonlyMap<string, string>;

/** The values of a tag, in order. */
export function tagsOf(text: string, name: string): string[] {
  return text.split('\n').flatMap((line) => {
    if (line === `#${name}`) return [''];
    return line.startsWith(`#${name}:`) ? [line.slice(name.length + 2)] : [];
  });
}

/** An attribute list (RFC 8216, 4.2), without the quotation marks of its values. */
export function attributesOf(list: string): Attributes {
  const pairs = list.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)(?:,|$)/g);
  return new Map([...pairs].map(([, name = '', value = '']) => [name, value.replaceAll('"', '')]));
}

/** The lines that are neither tags nor empty. */
export function uriLines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Every URI that a playlist names, in lines and attributes. */
export function urisOf(text: string): string[] {
  const inAttributes = [...text.matchAll(/URI="([^"]*)"/g)].map(([, uri = '']) => uri);
  return [...inAttributes, ...uriLines(text)];
}
