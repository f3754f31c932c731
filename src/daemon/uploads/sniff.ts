/** What a file begins with: `container` is a video container we take, `other` says what it is. */
export type Sniffed =
  | { readonly kind: 'container'; readonly name: string }
  | { readonly kind: 'other'; readonly name: string };

/** As many first bytes as are looked at; fewer only of a shorter file. */
export const sniffBytes = 4096;

type Test = (head: Uint8Array) => boolean;

const containers: readonly [string, Test][] = [
  ['Matroska or WebM', startsWith([0x1a, 0x45, 0xdf, 0xa3])],
  ['MP4', (head) => hasText(head, 4, 'ftyp') && !imageBrands.includes(text(head, 8, 12))],
  ['QuickTime', (head) => quickTimeBoxes.includes(text(head, 4, 8))],
  ['MPEG transport stream', (head) => isTransportStream(head, 188, 0)],
  ['MPEG transport stream (192-byte packets)', (head) => isTransportStream(head, 192, 4)],
  ['MPEG program stream', startsWith([0x00, 0x00, 0x01, 0xba])],
  ['AVI', (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'AVI ')],
  ['FLV', (head) => hasText(head, 0, 'FLV\x01')],
  ['Ogg', (head) => hasText(head, 0, 'OggS')],
  ['ASF (WMV)', startsWith([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
  ['MPEG transport stream', isTornTransportStream],
];

/** HEIF and AVIF pictures share the MP4 container. */
const imageBrands = ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1', 'avif', 'avis'];
/** Boxes that old QuickTime files begin with, before `ftyp` existed. */
const quickTimeBoxes = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

const others: readonly [string, Test][] = [
  ['an empty file', (head) => head.length === 0],
  ['a HEIF or AVIF picture', (head) => hasText(head, 4, 'ftyp')],
  ['an HLS playlist', (head) => hasText(withoutBom(head), 0, '#EXTM3U')],
  ['an ffconcat list', (head) => hasText(withoutBom(head), 0, 'ffconcat')],
  ['a JPEG picture', startsWith([0xff, 0xd8, 0xff])],
  ['a PNG picture', startsWith([0x89, 0x50, 0x4e, 0x47])],
  ['a GIF picture', (head) => hasText(head, 0, 'GIF8')],
  ['a WebP picture', (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'WEBP')],
  ['a PDF document', (head) => hasText(head, 0, '%PDF')],
  ['a ZIP archive', (head) => hasText(head, 0, 'PK\x03\x04') || hasText(head, 0, 'PK\x05\x06')],
  ['a RAR archive', (head) => hasText(head, 0, 'Rar!')],
  ['a 7-Zip archive', startsWith([0x37, 0x7a, 0xbc, 0xaf])],
  ['gzip data', startsWith([0x1f, 0x8b])],
  ['MP3 audio', (head) => hasText(head, 0, 'ID3') || isMpegAudio(head)],
  ['AAC audio', (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0],
  ['WAV audio', (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'WAVE')],
  ['FLAC audio', (head) => hasText(head, 0, 'fLaC')],
  ['a program', (head) => hasText(head, 0, '\x7fELF') || hasText(head, 0, 'MZ')],
  [
    'XML or HTML',
    (head) => /^\s*<(?:\?xml|!doctype|html|mpd)/i.test(text(withoutBom(head), 0, 64)),
  ],
  ['text', isText],
];

/** Tells by its first bytes what a file is, whatever its name says. */
export function sniff(head: Uint8Array): Sniffed {
  const container = containers.find(([, matches]) => matches(head));
  if (container !== undefined) return { kind: 'container', name: container[0] };
  const other = others.find(([, matches]) => matches(head));
  return { kind: 'other', name: other?.[0] ?? 'data of an unknown kind' };
}

function startsWith(bytes: readonly number[]): Test {
  return (head) => bytes.every((byte, index) => head[index] === byte);
}

function text(head: Uint8Array, start: number, end: number): string {
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', start, end);
}

function hasText(head: Uint8Array, at: number, wanted: string): boolean {
  return text(head, at, at + wanted.length) === wanted;
}

function withoutBom(head: Uint8Array): Uint8Array {
  return startsWith([0xef, 0xbb, 0xbf])(head) ? head.subarray(3) : head;
}

/** A sync byte (ISO/IEC 13818-1 §2.4.3.2) at the start of each of the first packets. */
function isTransportStream(
  head: Uint8Array,
  packetBytes: number,
  offset: number,
  leastPackets = 2, // one byte 0x47 is a letter G
): boolean {
  const most = Math.max(5, leastPackets);
  const packets = Math.min(most, Math.floor((head.length - offset) / packetBytes));
  if (packets < leastPackets) return false;
  return Array.from({ length: packets }, (_, n) => head[offset + n * packetBytes]).every(
    (byte) => byte === 0x47,
  );
}

/** A recording that begins in the middle of a packet: then many have to be in step. */
function isTornTransportStream(head: Uint8Array): boolean {
  if (isText(head)) return false;
  return [188, 192].some((packetBytes) =>
    Array.from({ length: packetBytes }, (_, offset) => offset).some((offset) =>
      isTransportStream(head, packetBytes, offset, 16),
    ),
  );
}

/** Frame sync of MPEG audio with a layer that is not reserved (ISO/IEC 11172-3 §2.4.2.3). */
function isMpegAudio(head: Uint8Array): boolean {
  return head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && ((head[1] ?? 0) & 0x06) !== 0;
}

function isText(head: Uint8Array): boolean {
  const decoded = new TextDecoder('utf-8').decode(head);
  const strange = decoded.match(/[\u0000-\u0008\u000e-\u001a\ufffd]/g)?.length ?? 0;
  // The last character may be cut in two.
  return strange <= 1;
}
