/** The bytes of ffprobe's `extradata` hex dump. */
export function parseHexDump(dump: string): Uint8Array {
  const hex = [...dump.matchAll(/^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} )+)/gm)]
    .map((line) => line[1]?.replaceAll(' ', '') ?? '')
    .join('');
  return Buffer.from(hex, 'hex');
}
