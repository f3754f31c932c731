/** The looks that WebVTT has as well, by the letter of their tag. */
export const lookNames = { i: 'italic', b: 'bold', u: 'underline' };

/** By the name of a style: letters of its looks, `ib`. */
export type Styles = ReadonlyMap<string, string>;

/** Looks of a text, and whether it is a drawing (between `\p1` and `\p0`). */
interface State {
  readonly looks: string;
  readonly isDrawing: boolean;
}

/** The text of a line in `style`: `{\i1}` becomes `<i>`; what is drawn is no text. */
export function plainText(text: string, style: string, styles: Styles): string {
  const own = looksOf(style, styles);
  const runs: { looks: string; text: string }[] = [];
  let state: State = { looks: own, isDrawing: false };
  for (const part of text.split(/(\{[^{}]*\})/)) {
    if (/^\{.*\}$/s.test(part)) {
      state = changed(state, part, (name) => (name === '' ? own : looksOf(name, styles)));
    } else if (part !== '' && !state.isDrawing) {
      const last = runs.at(-1);
      if (last?.looks === state.looks) last.text += escaped(part);
      else runs.push({ looks: state.looks, text: escaped(part) });
    }
  }
  return runs.map((run) => tagged(run.text, run.looks)).join('');
}

/** Old scripts write `*Default`. */
function looksOf(style: string, styles: Styles): string {
  return styles.get(style.replace(/^\*/, '')) ?? '';
}

/**
 * After what stands in braces: `{\i1\p0}`. `\i` is as the line's own style has it, `\r` all of that style again, or another
 * by its name.
 */
function changed(state: State, part: string, looksOfStyle: (name: string) => string): State {
  let { looks, isDrawing } = state;
  for (const [, reset, letter = '', value] of part.matchAll(
    /\\r([^\\}]*)|\\([ibup])(\d*)\s*(?=[\\}])/g,
  )) {
    const isOn = value === '' ? looksOfStyle('').includes(letter) : value !== '0';
    if (reset !== undefined) looks = looksOfStyle(reset.trim());
    else if (letter === 'p') isDrawing = isOn;
    else looks = looks.replace(letter, '') + (isOn ? letter : '');
  }
  return { looks, isDrawing };
}

function tagged(text: string, looks: string): string {
  const letters = Object.keys(lookNames).filter((letter) => looks.includes(letter));
  return letters.reduceRight((inner, letter) => `<${letter}>${inner}</${letter}>`, text);
}

/** In a script `<` is a letter like any other. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/\\[Nn]/g, '\n')
    .replaceAll(String.raw`\h`, '\u00a0');
}
