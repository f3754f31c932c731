import { findTrack } from './choose-track.js';
import type {
  Playback,
  PlaybackListener,
  PlaybackSource,
  PlaybackState,
  TrackName,
} from './playback.js';

/** Safari's list of sound tracks; TypeScript's DOM does not know it. */
interface NativeAudioTrack {
  readonly label: string;
  readonly language: string;
  enabled: boolean;
}
interface NativeAudioTracks extends EventTarget, ArrayLike<NativeAudioTrack> {}

/** Playback by a browser that reads HLS itself and has no Media Source Extensions: older iPhones. */
export class NativePlayback implements Playback {
  private readonly ended = new AbortController();

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly source: PlaybackSource,
    private readonly listener: PlaybackListener,
  ) {
    const { signal } = this.ended;
    video.addEventListener('loadedmetadata', () => this.begin(), { signal });
    video.addEventListener('error', () => listener.failed(failureOf(video.error)), { signal });
    const changed = () => listener.changed(this.state());
    video.textTracks.addEventListener('change', changed, { signal });
    video.textTracks.addEventListener('addtrack', changed, { signal });
    this.audioTracks?.addEventListener('change', changed, { signal });
    video.src = source.url;
  }

  selectQuality(): void {
    // The browser chooses; the list of qualities is empty.
  }

  selectAudio(audio: number): void {
    Array.from(this.audioTracks ?? []).forEach((track, index) => (track.enabled = index === audio));
  }

  selectSubtitle(subtitle: number | null): void {
    this.subtitles.forEach((track, index) => {
      track.mode = index === subtitle ? 'showing' : 'disabled';
    });
  }

  close(): void {
    this.ended.abort();
    this.video.removeAttribute('src');
    this.video.load();
  }

  private begin(): void {
    const { startSeconds, audio, subtitle } = this.source;
    if (startSeconds > 0) this.video.currentTime = startSeconds;
    const { audioTracks, subtitleTracks } = this.state();
    const sound = audio === undefined ? -1 : findTrack(audioTracks, audio);
    if (sound !== -1) this.selectAudio(sound);
    if (subtitle === null) this.selectSubtitle(null);
    else if (subtitle !== undefined) this.selectSubtitle(findTrack(subtitleTracks, subtitle));
    this.listener.changed(this.state());
  }

  private state(): PlaybackState {
    const sounds = Array.from(this.audioTracks ?? []);
    return {
      qualities: [],
      quality: null,
      shownQuality: null,
      audioTracks: sounds.map(nameOf),
      audio: indexWhere(sounds, ({ enabled }) => enabled),
      subtitleTracks: this.subtitles.map(nameOf),
      subtitle: indexWhere(this.subtitles, ({ mode }) => mode === 'showing'),
    };
  }

  private get subtitles(): TextTrack[] {
    return Array.from(this.video.textTracks).filter(
      ({ kind }) => kind === 'subtitles' || kind === 'captions',
    );
  }

  private get audioTracks(): NativeAudioTracks | undefined {
    return (this.video as { audioTracks?: NativeAudioTracks }).audioTracks;
  }
}

function nameOf({ label, language }: { label: string; language: string }): TrackName {
  return { label, language };
}

function indexWhere<T>(items: readonly T[], matches: (item: T) => boolean): number | null {
  const index = items.findIndex(matches);
  return index < 0 ? null : index;
}

function failureOf(error: MediaError | null): 'network' | 'media' {
  return error?.code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network';
}
