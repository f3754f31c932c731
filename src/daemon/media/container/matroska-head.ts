/** What stands before the clusters of a Matroska file (RFC 9559), and where its index is. */
import { findInBytes, type ReadBytes } from './bytes.js';
import { numberIn, readElement, readElements, type Element } from './ebml.js';

export interface MatroskaHead {
  /** Numbers of the tracks of pictures. */
  readonly pictureTracks: readonly number[];
  /** Whether frames of a picture lie in the file otherwise than they are decoded. */
  readonly isChanged: boolean;
  /** Whether only a player with its key can open a track. */
  readonly isEncrypted: boolean;
  readonly nanosecondsPerUnit: number;
  /** Offset of what positions in the file are counted from. */
  readonly segmentBody: number;
  /** Offset of the cues in the file; undefined where there are none. */
  readonly cuesAt: number | undefined;
}

export const cuesId = 0x1c53bb6b;
export const clusterId = 0x1f43b675;
const ebmlId = 0x1a45dfa3;
const segmentId = 0x18538067;
const seekHeadId = 0x114d9b74;
const infoId = 0x1549a966;
const tracksId = 0x1654ae6b;

/** No more elements than that stand before the first cluster; the longest have attached fonts. */
const mostElements = 100;
/** Ten hours have a megabyte of cues. */
const mostBytes = 2 * 1024 * 1024;
/** An id of 4 bytes and a size of 8. */
const headerBytes = 12;
const defaultScale = 1_000_000;

/** The one element that holds everything; undefined where this is no such file. */
export async function findSegment(read: ReadBytes): Promise<Element | undefined> {
  const header = await readAt(read, 0);
  const segment = header?.id === ebmlId ? await readAt(read, header.end) : undefined;
  return segment?.id === segmentId ? segment : undefined;
}

export async function isMatroska(path: string): Promise<boolean> {
  return (await findInBytes(path, findSegment)) !== undefined;
}

/** undefined where this is no such file, or another one follows in it. */
export async function readMatroskaHead(read: ReadBytes): Promise<MatroskaHead | undefined> {
  const segment = await findSegment(read);
  if (segment === undefined) return undefined;
  const isFollowed = segment.end < Infinity && (await readAt(read, segment.end))?.id === ebmlId;
  if (isFollowed) return undefined;
  const segmentBody = segment.body;
  const found = await elementsBeforeClusters(read, segmentBody);
  const bodyOf = async (id: number) => {
    const at = found.get(id);
    return at === undefined ? Buffer.alloc(0) : readBody(read, at);
  };
  const [seekHead, info, tracks] = [
    await bodyOf(seekHeadId),
    await bodyOf(infoId),
    await bodyOf(tracksId),
  ];
  const trackList = bodiesIn(tracks, 0xae);
  return {
    ...picturesOf(trackList),
    isEncrypted: trackList.some(isEncrypted),
    nanosecondsPerUnit: numberIn(info, 0x2ad7b1) ?? defaultScale,
    segmentBody,
    cuesAt: found.get(cuesId)?.start ?? soughtCues(seekHead, segmentBody),
  };
}

/** The element at an offset of the file; its own offsets are in the file, too. */
export async function readAt(read: ReadBytes, at: number): Promise<Element | undefined> {
  const element = readElement(await read(at, headerBytes), 0);
  if (element === undefined) return undefined;
  return { id: element.id, start: at, body: at + element.body, end: at + element.end };
}

/** Empty where it is too long to be taken whole, or cut off. */
export async function readBody(read: ReadBytes, { body, end }: Element): Promise<Buffer> {
  const length = end - body;
  if (length > mostBytes) return Buffer.alloc(0);
  const bytes = await read(body, length);
  return bytes.length === length ? bytes : Buffer.alloc(0);
}

async function elementsBeforeClusters(
  read: ReadBytes,
  from: number,
): Promise<ReadonlyMap<number, Element>> {
  const found = new Map<number, Element>();
  for (let at = from, count = 0; count < mostElements; count += 1) {
    const element = await readAt(read, at);
    if (element === undefined || element.id === clusterId) return found;
    if (!found.has(element.id)) found.set(element.id, element);
    at = element.end;
  }
  return found;
}

function picturesOf(tracks: readonly Buffer[]): Pick<MatroskaHead, 'pictureTracks' | 'isChanged'> {
  const pictures = tracks.filter((track) => numberIn(track, 0x83) === 1);
  return {
    pictureTracks: pictures.map((track) => numberIn(track, 0xd7) ?? 0),
    isChanged: pictures.some((track) => encodingsOf(track).length > 0),
  };
}

/** ContentEncodings: compressed, stripped of their first bytes, or encrypted. */
function encodingsOf(track: Buffer): Buffer[] {
  return bodiesIn(track, 0x6d80);
}

function isEncrypted(track: Buffer): boolean {
  return encodingsOf(track)
    .flatMap((encodings) => bodiesIn(encodings, 0x6240))
    .some((encoding) => numberIn(encoding, 0x5033) === 1);
}

function bodiesIn(bytes: Buffer, wanted: number): Buffer[] {
  return readElements(bytes)
    .filter(({ id }) => id === wanted)
    .map(({ body, end }) => bytes.subarray(body, end));
}

function soughtCues(seekHead: Buffer, segmentBody: number): number | undefined {
  for (const seek of readElements(seekHead)) {
    const entry = seekHead.subarray(seek.body, seek.end);
    const position = numberIn(entry, 0x53ac);
    if (numberIn(entry, 0x53ab) === cuesId && position !== undefined) return segmentBody + position;
  }
  return undefined;
}
