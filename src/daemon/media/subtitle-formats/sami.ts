import { closeCues, type OpenCue, type SubtitleTrack } from './cue.js';
import { decodeEntities } from './entities.js';
import { describedClasses, undescribedClass } from './sami-classes.js';

interface Paragraph {
  readonly startMs: number;
  /** In lower case; `''` where it names none. */
  readonly className: string;
  readonly text: string;
}

/**
 * The tracks of a SAMI text (`.smi`), one for each language class that has cues, in the order in which
 * the classes are described or met. A cue ends at the next sync of its own class; one that holds
 * nothing but `&nbsp;` clears the screen.
 */
export function readSami(text: string): SubtitleTrack[] {
  const described = describedClasses(text);
  const classes = new Map(described.map((each) => [each.name, each]));
  const standard = described[0]?.name ?? '';
  const syncs = new Map<string, Map<number, string>>(
    described.map(({ name }) => [name, new Map<number, string>()]),
  );
  for (const { startMs, className, text: words } of readParagraphs(text)) {
    const name = className === '' ? standard : className;
    const texts = syncs.get(name) ?? new Map<number, string>();
    const before = texts.get(startMs) ?? '';
    texts.set(startMs, before === '' || words === '' ? before + words : `${before}\n${words}`);
    syncs.set(name, texts);
  }
  return [...syncs].flatMap(([name, texts]) => {
    const cues = cuesOf(texts);
    const { language, label } = classes.get(name) ?? undescribedClass(name);
    return cues.length === 0 ? [] : [{ language, label, cues }];
  });
}

function cuesOf(texts: ReadonlyMap<number, string>) {
  const ordered = [...texts].toSorted(([a], [b]) => a - b);
  const open = ordered.map(([startMs, text], index): OpenCue => {
    return { startMs, endMs: ordered[index + 1]?.[0], text };
  });
  return closeCues(open).filter(({ text }) => text !== '');
}

/** Neither SYNC nor P is ever closed: each ends where the next begins. */
function readParagraphs(text: string): Paragraph[] {
  const [, ...syncs] = withoutComments(text).split(/<sync\b/i);
  return syncs.flatMap((sync) => {
    const startMs = Number(/^[^<>]*?\bstart\s*=[\s"']*(-?\d+)/i.exec(sync)?.[1] ?? Number.NaN);
    if (Number.isNaN(startMs)) return [];
    const [head = '', ...paragraphs] = afterTag(sync).split(/<p\b/i);
    const unnamed = head.trim() === '' ? [] : [{ className: '', text: plainText(head) }];
    const named = paragraphs.map((paragraph) => ({
      className: classOf(paragraph),
      text: plainText(afterTag(paragraph)),
    }));
    return [...unnamed, ...named].map((each) => ({ ...each, startMs: Math.max(startMs, 0) }));
  });
}

/** What follows the `>` of a tag that is cut off at its name. */
function afterTag(rest: string): string {
  return rest.slice(rest.indexOf('>') + 1);
}

function classOf(paragraph: string): string {
  const [, name = ''] = /^[^<>]*?\bclass\s*=[\s"']*([\w-]+)/i.exec(paragraph) ?? [];
  return name.toLowerCase();
}

/** Lines of text with `<i> <b> <u>`; `''` when nothing is to be seen. */
function plainText(html: string): string {
  const text = html
    .split(/\r?\n/)
    .map((line) => line.trim())
    .join(' ')
    .replaceAll(/<br\b[^<>]*>/gi, '\n')
    .replaceAll(/<(?![a-z/!])/gi, '&lt;')
    .replaceAll(/<(\/?)([a-z]\w*)[^<>]*>/gi, (_, slash: string, name: string) =>
      /^[ibu]$/i.test(name) ? `<${slash}${name.toLowerCase()}>` : '',
    );
  const lines = decodeEntities(text).split('\n');
  const shown = lines.map((line) => line.trim()).filter((line) => line !== '');
  return isBlank(shown.join('')) ? '' : shown.join('\n');
}

function isBlank(text: string): boolean {
  return text.replaceAll(/<\/?[ibu]>/g, '').trim() === '';
}

/** Not one regular expression: a file may begin ten million comments and end none. */
function withoutComments(text: string): string {
  const [before = '', ...comments] = text.split('<!--');
  const rests = comments.map((comment) => {
    const end = comment.indexOf('-->');
    return end < 0 ? comment : comment.slice(end + 3);
  });
  return before + rests.join('');
}
