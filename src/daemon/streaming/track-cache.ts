import { readWholeFile } from './file-bytes.js';
import { parseWebVtt, type Track } from './webvtt.js';

/** Enough for what a household watches at once; a track is some hundred kilobytes. */
const maxTracks = 24;

/** Parsed subtitle files, the least recently used ones forgotten. */
export class TrackCache {
  readonly #tracks = new Map<string, Promise<Track>>();

  /** `onRead` is told whether what was asked for was there. */
  constructor(private readonly onRead: (isHit: boolean) => void = () => undefined) {}

  /**
   * The track in a WebVTT file whose bytes never change. Throws NOT_FOUND; RangeError when it is no
   * WebVTT.
   */
  read(path: string): Promise<Track> {
    const present = this.#tracks.get(path);
    this.onRead(present !== undefined);
    const track = present ?? readTrack(path);
    this.#tracks.delete(path);
    this.#tracks.set(path, track);
    this.#forgetOldest();
    // A file that could not be read is asked for again next time.
    track.catch(() => this.#tracks.delete(path));
    return track;
  }

  #forgetOldest(): void {
    const [oldest] = this.#tracks.keys();
    if (oldest !== undefined && this.#tracks.size > maxTracks) this.#tracks.delete(oldest);
  }
}

async function readTrack(path: string): Promise<Track> {
  return parseWebVtt(new TextDecoder().decode(await readWholeFile(path)));
}
