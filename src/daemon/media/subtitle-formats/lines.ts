/** The lines of a text, whatever ends them; some programs double the CR before an LF. */
export function linesOf(text: string): string[] {
  return text.split(/\r{0,2}\n|\r/);
}
