/** Never more than one `<`: a text of nothing else must not be read to its end at each of them. */
const tag = /<[^<>]*>/g;
/** Also with classes: `<i.loud>`. */
const kept = /^<(\/?[ibu])(?:\.[^<>]*)?>$/;
/** Some muxers end texts with NUL. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Text with `<i> <b> <u>` and nothing else, since subtitles are a stranger's text that ends up in a page. Everything
 * that is not one of the three tags is escaped; `-->` cannot stand in a cue.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(controls, '')
    .replace(tag, (found) => (kept.test(found) ? found.replace(kept, '<$1>') : ''))
    .replaceAll(/<(?!\/?[ibu]>)/g, '&lt;')
    .replaceAll('-->', '--&gt;');
}
