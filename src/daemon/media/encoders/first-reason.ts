import { errorKind } from '../../../shared/errors.js';

/**
 * Why an encoder failed, in one line: what ffmpeg said first, without the place in its memory. What it
 * says after that follows from it.
 */
export function firstReason(message: string): string {
  const said = message.replace(`${errorKind('TRANSCODE_FAILED').message}: `, '');
  const [line = ''] = said.split('\n').filter((each) => each.trim() !== '');
  return line.replace(/^(\[[^\]]* @ 0x[0-9a-f]+\] )+/, '').trim();
}
