import { displayTitle } from '../../shared/episode-name/display-title.js';
import { parseEpisodeName } from '../../shared/episode-name/parse-episode-name.js';
import { KdramaError } from '../../shared/errors.js';
import type { Video } from '../store/videos.js';
import { changeVideo, type ChangeParts } from './change-video.js';
import { removeVideo, type RemovalParts } from './remove-video.js';

/**
 * From now on `by` is to take the place of a video, with its names. Asking again changes nothing.
 * Throws STREAM_VIDEO_NOT_FOUND, VIDEO_NOT_REPLACEABLE.
 */
export function replaceVideo(parts: ChangeParts, id: string, by: string): void {
  const { store, bus } = parts;
  const video = demandVideo(parts, id);
  const other = demandVideo(parts, by);
  if (other.id === video.id) throw notReplaceable('it is the same');
  if (other.replacedBy !== null) {
    throw notReplaceable(`${by} is itself to be replaced by ${other.replacedBy}`);
  }
  const { series, season, episode, description } = video;
  // A title that nobody gave tells of the file that it came from.
  const isGiven = video.title !== ownTitle(video, video);
  const title = isGiven ? video.title : ownTitle(other, video);
  changeVideo(parts, by, { title, series, season, episode, description });
  store.transaction(() => {
    store.videos.setReplacement(id, by);
    store.afterCommit(() => bus.emit('video', { videoId: id }));
  });
}

/** What a file is called of itself, as this episode. */
function ownTitle(
  { filename }: Video,
  { series, season, episode }: Pick<Video, 'series' | 'season' | 'episode'>,
): string {
  return displayTitle({ ...parseEpisodeName(filename), series, season, episode }, filename);
}

/**
 * The same where both are known to be the same episode: a better file in the place of one. A name that
 * names no episode (`recording.mp4`) may be something else each day. Returns whether it was done.
 */
export function replaceSameEpisode(parts: ChangeParts, id: string, by: string): boolean {
  const [video, other] = [id, by].map((each) => parts.store.videos.find(each));
  if (video === undefined || other === undefined || id === by) return false;
  if (other.replacedBy !== null || !isSameEpisode(video, other)) return false;
  replaceVideo(parts, id, by);
  return true;
}

/** A season that nobody named is the first. */
function isSameEpisode(one: Video, other: Video): boolean {
  return (
    one.series !== '' &&
    one.episode !== null &&
    one.series === other.series &&
    one.episode === other.episode &&
    (one.season ?? 1) === (other.season ?? 1)
  );
}

function demandVideo({ store }: Pick<ChangeParts, 'store'>, id: string): Video {
  const video = store.videos.find(id);
  if (video === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', id);
  return video;
}

function notReplaceable(detail: string): KdramaError {
  return new KdramaError('VIDEO_NOT_REPLACEABLE', detail);
}

/** Removes videos in whose place another one is ready: also those of before the last death. */
export class Replacements {
  #removing: Promise<void> = Promise.resolve();
  readonly #onVideo = () => this.#look();

  constructor(
    private readonly parts: RemovalParts,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.parts.bus.on('video', this.#onVideo);
    this.#look();
  }

  /** Resolves when what is being removed is gone. */
  async stop(): Promise<void> {
    this.parts.bus.off('video', this.#onVideo);
    await this.#removing;
  }

  #look(): void {
    this.#removing = this.#removing.then(() => this.#removeAll()).catch(this.onError);
  }

  async #removeAll(): Promise<void> {
    for (const id of this.parts.store.videos.replaced()) await removeVideo(this.parts, id);
  }
}
