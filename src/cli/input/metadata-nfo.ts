import type { XmlElement } from '@rgrove/parse-xml';
import type { VideoMetadata } from '../../shared/contract/index.js';
import { metadataOfJson } from './metadata-json.js';

/**
 * What a Kodi .nfo file (https://kodi.wiki/view/NFO_files/Episodes) says of its first episode. Throws in
 * words. The parser resolves no entities but the five of XML: the file is foreign input.
 */
export async function metadataOfNfo(text: string): Promise<VideoMetadata> {
  const { parseXml } = await import('@rgrove/parse-xml');
  // Kodi puts several episodes, and an address, side by side: that is XML only inside of something.
  const body = text.replace(/^\s*<\?xml[^>]*\?>/, '');
  const children = elementsOf(parseXml(`<nfo>${body}</nfo>`).root);
  const episode = children.find(({ name }) => name === 'episodedetails');
  if (episode === undefined) {
    throw new Error(
      `expected <episodedetails>, got ${children[0] ? `<${children[0].name}>` : 'none'}`,
    );
  }
  return metadataOfJson(JSON.stringify(fieldsOf(episode)));
}

const kodiNames = {
  ...{ title: 'title', series: 'showtitle', description: 'plot' },
  ...{ season: 'season', episode: 'episode' },
};

/** Empty elements say nothing. */
function fieldsOf(episode: XmlElement): Record<string, string | number> {
  const said = Object.entries(kodiNames)
    .map(([field, name]) => ({ field, text: textOf(episode, name) }))
    .filter(({ text }) => text !== '');
  return Object.fromEntries(said.map(({ field, text }) => [field, contentOf(field, text)]));
}

/** A number that is none stays a text, to be named by the check. */
function contentOf(field: string, text: string): string | number {
  const isNumber = (field === 'season' || field === 'episode') && /^\d{1,9}$/.test(text);
  return isNumber ? Number(text) : text;
}

function textOf(element: XmlElement, name: string): string {
  const child = elementsOf(element).find((each) => each.name === name);
  return child?.text.trim() ?? '';
}

function elementsOf(element: XmlElement | null): XmlElement[] {
  return (element?.children ?? []).filter((child): child is XmlElement => child.type === 'element');
}
