import { readBoxes, requireBox, writeBox, writeFullBox } from '../../media/fmp4/boxes.js';
import { iso6392 } from '../../../shared/iso-639-2.js';

/** What a file says about one of its tracks. */
export interface TrackLabel {
  /** BCP 47, `und` when unknown. */
  readonly language: string;
  /** What menus call it. */
  readonly name: string;
  /** Whether it plays unless someone chooses. */
  readonly isEnabled: boolean;
  /** Of tracks of one group a player plays one. */
  readonly group: number;
}

/** `tkhd` of version 0 or 1 with the flags of a track that plays, or only may, and its group. Changes `tkhd`. */
export function labelTrackHeader(tkhd: Buffer, { isEnabled, group }: TrackLabel): void {
  tkhd.writeUIntBE(isEnabled ? 3 : 2, 9, 3); // track_enabled, track_in_movie
  tkhd.writeUInt16BE(group, tkhd[8] === 1 ? 54 : 42);
}

/** A whole `mdia` box with the track's language, in the three letters of old players and as a tag, and its name. */
export function labelledMedia(mdia: Buffer, { language, name }: TrackLabel): Buffer {
  const box = requireBox(mdia, { body: 0, end: mdia.length }, ['mdia']);
  const children = readBoxes(mdia, box.body, box.end).flatMap(({ type, start, body, end }) => {
    const child = Buffer.from(mdia.subarray(start, end));
    if (type === 'elng') return [];
    // What names a handler is what ffmpeg and VLC show of a track.
    if (type === 'hdlr') return [writeBox(type, mdia.subarray(body, body + 24), textOf(name))];
    if (type !== 'mdhd') return [child];
    child.writeUInt16BE(packed(iso6392(language)), child[8] === 1 ? 40 : 28);
    return [child, writeFullBox('elng', 0, 0, textOf(language))];
  });
  return writeBox('mdia', ...children);
}

function textOf(text: string): Buffer {
  return Buffer.from(`${text.replaceAll('\0', '')}\0`);
}

/** Five bits a letter (ISO/IEC 14496-12, 8.4.2.3). */
function packed(code: string): number {
  return Buffer.from(code).reduce((bits, letter) => bits * 32 + letter - 0x60, 0);
}
