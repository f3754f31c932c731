/** What stands in brackets before a name: who made the file; a channel, a kind or a site is not that. */
export interface Leader {
  readonly group: string;
  readonly rest: string;
}

const channels =
  /^(?:tvN|OtvN|JTBC\d?|KBS ?\d?|MBC(?: ?every1)?|SBS(?: ?Plus)?|OCN|ENA|MBN|EBS\d?|Mnet|Onstyle|Olive|XtvN|TV ?조선|채널 ?[AS]|[A-Z]*드라마[A-Z]*)$/i;

/** `KBS`, `tvN`: names of channels, which are neither groups nor series. */
export function isChannel(name: string): boolean {
  return channels.test(name);
}

export function takeLeader(text: string): Leader {
  const match = /^\[\s*(?<inside>[^\]]+?)\s*\][\s._-]*(?<rest>.+)$/s.exec(text);
  const { inside = '', rest = text } = match?.groups ?? {};
  if (match === null) return { group: '', rest: text };
  const isGroup = !isChannel(inside) && !/[가-힣]|\.[a-z]{2,4}$/i.test(inside);
  return { group: isGroup ? inside : '', rest: unwrapped(rest) };
}

/** `[Name][07][1080P]` as `Name - 07 [1080P]`. */
function unwrapped(rest: string): string {
  return rest.replace(/^\[([^\]]+)\]\[(\d{1,4})(?:v\d)?\]/, '$1 - $2 ');
}
