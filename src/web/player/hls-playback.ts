import HlsJs, {
  ErrorDetails,
  ErrorTypes,
  Events,
  PlaylistLevelType,
  type ErrorData,
  type MediaPlaylist,
} from 'hls.js';
import { AutoRange } from './auto-range.js';
import { findTrack } from './choose-track.js';
import { hlsConfig } from './hls-config.js';
import { hurryAfterSeeks } from './hurry-after-seeks.js';
import { keepPace } from './keep-pace.js';
import type {
  Playback,
  PlaybackFailure,
  PlaybackListener,
  PlaybackSource,
  PlaybackState,
  TrackName,
} from './playback.js';
import { qualityName } from './quality-name.js';
import { countSpeakers, groupFor } from './sound-group.js';

/** A second decoding error within this time is not one that starting the decoder again repairs. */
const recoveryPauseMs = 10_000;

/** Playback by hls.js over Media Source Extensions. */
export class HlsPlayback implements Playback {
  private readonly hls: HlsJs;
  private readonly listener: PlaybackListener;
  private readonly ended = new AbortController();
  /** Of the quality that the daemon names first: it is there first. */
  private firstUri: string | undefined;
  private recoveredAt = -Infinity;
  private refusals = 0;

  constructor(video: HTMLVideoElement, source: PlaybackSource, listener: PlaybackListener) {
    this.listener = listener;
    this.hls = new HlsJs(hlsConfig(source.startSeconds));
    this.hls.on(Events.MANIFEST_PARSED, (_event, { firstLevel, audioTracks, subtitleTracks }) => {
      const first = this.hls.levels[firstLevel];
      const offered = this.keepOneGroup(audioTracks);
      const start = this.hls.levels.findIndex(({ uri }) => uri === first?.uri);
      this.firstUri = first?.uri;
      if (!source.isComplete()) this.hls.startLevel = start;
      this.prefer(source, offered, subtitleTracks);
    });
    this.hls.on(Events.FRAG_BUFFERED, (_event, { id, frag }) => {
      this.refusals = 0;
      if (id === PlaylistLevelType.MAIN) this.insistOnQuality(frag.level);
    });
    this.hls.on(Events.ERROR, (_event, error) => this.onError(error));
    for (const event of stateEvents) this.hls.on(event, () => this.changed());
    const wish = {
      range: new AutoRange(this.hls),
      isComplete: source.isComplete,
      quickestUri: () => this.firstUri,
    };
    keepPace(this.hls, video, wish);
    hurryAfterSeeks(this.hls, video, { ...wish, signal: this.ended.signal });
    this.hls.loadSource(source.url);
    this.hls.attachMedia(video);
  }

  selectQuality(quality: number | null): void {
    // Towards automatic nothing is thrown away; a quality that was asked for is shown at once.
    if (quality === null) this.hls.loadLevel = -1;
    else this.hls.nextLevel = this.levelOf(quality);
    this.changed();
  }

  selectAudio(audio: number): void {
    this.hls.audioTrack = audio;
    this.changed();
  }

  selectSubtitle(subtitle: number | null): void {
    this.hls.subtitleTrack = subtitle ?? -1;
    this.changed();
  }

  close(): void {
    this.ended.abort();
    this.hls.destroy();
  }

  /**
   * A playlist with stereo and 5.1 has each quality twice. Only those with the sound that this machine can
   * play stay: bit rates alone would decide between them. Gives the tracks of that sound.
   */
  private keepOneGroup(all: readonly MediaPlaylist[]): readonly MediaPlaylist[] {
    const { levels } = this.hls;
    // Those of codecs that this browser does not know have gone.
    const tracks = all.filter(({ groupId }) =>
      levels.some(({ audioGroups }) => audioGroups?.includes(groupId)),
    );
    if (new Set(tracks.map(({ groupId }) => groupId)).size < 2) return tracks;
    const group = groupFor(tracks, countSpeakers());
    for (let level = levels.length - 1; level >= 0; level -= 1) {
      if (levels[level]?.audioGroups?.includes(group) === false) this.hls.removeLevel(level);
    }
    return tracks.filter(({ groupId }) => groupId === group);
  }

  private prefer(
    { audio, subtitle }: PlaybackSource,
    audioTracks: readonly MediaPlaylist[],
    subtitleTracks: readonly MediaPlaylist[],
  ): void {
    const { config } = this.hls;
    const sound = audio && audioTracks[findTrack(audioTracks.map(nameOf), audio)];
    if (sound !== undefined) config.audioPreference = selectionOf(sound);
    if (subtitle === undefined) return;
    const words = subtitle && subtitleTracks[findTrack(subtitleTracks.map(nameOf), subtitle)];
    if (words) config.subtitlePreference = selectionOf(words);
    else this.hls.subtitleTrack = -1;
  }

  /**
   * A switch that is asked for while a segment is being appended throws nothing away (hls.js 1.7.4):
   * what is buffered would be shown to its end first. So it is asked again.
   */
  private insistOnQuality(bufferedLevel: number): void {
    const { manualLevel } = this.hls;
    if (manualLevel !== -1 && manualLevel !== bufferedLevel) this.hls.nextLevel = manualLevel;
  }

  private changed(): void {
    this.listener.changed(this.state());
  }

  private state(): PlaybackState {
    const { hls } = this;
    return {
      qualities: hls.levels.map(qualityName).toReversed(),
      quality: this.qualityOf(hls.manualLevel),
      shownQuality: this.qualityOf(hls.currentLevel),
      audioTracks: hls.audioTracks.map(nameOf),
      audio: indexOrNull(hls.audioTrack),
      subtitleTracks: hls.subtitleTracks.map(nameOf),
      subtitle: indexOrNull(hls.subtitleTrack),
    };
  }

  /** hls.js sorts levels from the lowest bit rate up; people read from the best down. */
  private qualityOf(level: number): number | null {
    return level < 0 ? null : this.hls.levels.length - 1 - level;
  }

  private levelOf(quality: number): number {
    return this.hls.levels.length - 1 - quality;
  }

  private onError(error: ErrorData): void {
    const { fatal, type } = error;
    const sinceRecovery = performance.now() - this.recoveredAt;
    if (isRefusal(error)) this.refusals += 1;
    if (fatal && type === ErrorTypes.MEDIA_ERROR && sinceRecovery > recoveryPauseMs) {
      this.recoveredAt = performance.now();
      this.hls.recoverMediaError();
    } else if (fatal) {
      this.fail(type === ErrorTypes.NETWORK_ERROR ? 'network' : 'media');
    } else if (this.refusals >= this.hls.levels.length) {
      this.fail('network');
    }
  }

  private fail(failure: PlaybackFailure): void {
    this.hls.stopLoad();
    this.refusals = 0;
    this.listener.failed(failure);
  }
}

/** The daemon will not give this segment: after one such answer a quality, asking goes on in vain. */
function isRefusal({ details, frag, response }: ErrorData): boolean {
  const code = response?.code ?? 0;
  const isSegment = details === ErrorDetails.FRAG_LOAD_ERROR;
  return isSegment && frag?.type !== PlaylistLevelType.SUBTITLE && code >= 400 && code < 500;
}

const stateEvents = [
  Events.LEVEL_SWITCHED,
  Events.LEVELS_UPDATED,
  Events.MANIFEST_PARSED,
  Events.AUDIO_TRACKS_UPDATED,
  Events.AUDIO_TRACK_SWITCHING,
  Events.SUBTITLE_TRACKS_UPDATED,
  Events.SUBTITLE_TRACK_SWITCH,
] as const;

function nameOf({ lang, name }: MediaPlaylist): TrackName {
  return { language: lang ?? '', label: name };
}

function selectionOf({ lang, name }: MediaPlaylist): { lang?: string; name: string } {
  return lang === undefined ? { name } : { lang, name };
}

function indexOrNull(index: number): number | null {
  return index < 0 ? null : index;
}
