import type { OutputStream } from '../deps.js';

/** White on black, whatever the terminal's own colours are: some cameras read nothing else. */
const colours = ['\u001B[97;40m', '\u001B[0m'] as const;

/** Draws an address for cameras on stderr: on a terminal that is wide enough, nowhere else. */
export async function drawQrCode(
  { stderr }: { readonly stderr: OutputStream },
  address: string,
): Promise<void> {
  if (stderr.isTTY !== true) return;
  const { renderUnicodeCompact } = await import('uqr');
  const lines = renderUnicodeCompact(address, { border: 2 }).split('\n');
  if ((lines[0]?.length ?? 0) > (stderr.columns ?? 80)) return;
  stderr.write(`${lines.map((line) => colours.join(line)).join('\n')}\n`);
}
