import type { VideoView } from '../../shared/contract/index.js';
import { iso6392 } from '../../shared/iso-639-2.js';
import type { Container } from './container.js';
import type { Sound, Text } from './tracks.js';

/** A subtitle that was fetched. */
export interface TextFile {
  readonly path: string;
  readonly format: 'webvtt' | 'ass';
  readonly text: Text;
}

export interface MuxRequest {
  readonly container: Container;
  /** undefined: standard output, which cannot be gone back in. */
  readonly path: string | undefined;
  readonly video: Pick<VideoView, 'title' | 'series' | 'season' | 'episode' | 'episodeKnown'>;
  /** In the order of the MP4 on standard input. */
  readonly sounds: readonly Sound[];
  readonly texts: readonly TextFile[];
}

/** ffmpeg puts picture and sound from standard input and subtitle files into one file; nothing is encoded. */
export function muxArguments(request: MuxRequest): string[] {
  const { container, sounds, texts, video } = request;
  return [
    // Without -xerror a disk that is full at the very end is success to ffmpeg 5.1; without -copyts it
    // moves every input to zero by itself, and words away from the picture.
    ...['-v', 'error', '-nostdin', '-y', '-xerror', '-copyts', '-f', 'mp4', '-i', 'pipe:0'],
    ...texts.flatMap(({ format, path }) => ['-f', format, '-i', `file:${path}`]),
    ...['-map', '0:v', '-map', '0:a?', ...texts.flatMap((_, index) => ['-map', `${index + 1}:s`])],
    // Of what the MP4 says of itself the names of chapters alone: all else is said anew.
    ...['-map_metadata:g', '-1', '-map_metadata:s', '-1', '-map_chapters', '0'],
    ...['-c', 'copy', ...titles(video)],
    ...sounds.flatMap((sound, index) => soundArguments(sound, index, container)),
    ...texts.flatMap((file, index) => textArguments(file, index, container)),
    ...output(request),
  ];
}

/** By the names that ffmpeg has for what Apple's and Matroska's tags say. */
function titles({ title, series, season, episode, episodeKnown }: MuxRequest['video']): string[] {
  return [
    ...['-metadata', `title=${title}`],
    ...(series === '' ? [] : ['-metadata', `show=${series}`]),
    ...(season === null ? [] : ['-metadata', `season_number=${season}`]),
    ...(episodeKnown ? ['-metadata', `episode_sort=${episode}`] : []),
  ];
}

function soundArguments({ language, label }: Sound, index: number, container: Container): string[] {
  const at = `a:${index}`;
  const disposition = index === 0 ? 'default' : '0';
  return [...naming(at, language, label, container), `-disposition:${at}`, disposition];
}

function textArguments({ text, format }: TextFile, index: number, container: Container): string[] {
  const at = `s:${index}`;
  const { language, label, isForced, isSdh } = text;
  const flags = [...(isForced ? ['forced'] : []), ...(isSdh ? ['hearing_impaired'] : [])];
  const codec = container === 'mp4' ? 'mov_text' : format === 'ass' ? 'copy' : 'srt';
  return [
    ...[`-c:${at}`, codec, ...naming(at, language, label, container)],
    ...[`-disposition:${at}`, flags.join('+') || '0'],
  ];
}

/** A track has a title in Matroska, in an MP4 it is its handler that players show. */
function naming(at: string, language: string, label: string, container: Container): string[] {
  const shown = container === 'mp4' ? 'handler_name' : 'title';
  return [
    ...[`-metadata:s:${at}`, `language=${iso6392(language)}`],
    ...[`-metadata:s:${at}`, `${shown}=${label}`],
  ];
}

function output({ container, path }: MuxRequest): string[] {
  const isMatroska = container === 'mkv';
  if (path === undefined) {
    const inPieces = '+frag_keyframe+empty_moov+default_base_moof';
    const form = isMatroska ? ['matroska'] : ['mp4', '-movflags', inPieces];
    return ['-f', ...form, 'pipe:1'];
  }
  // The index stands in front: it plays while it is copied.
  const form = isMatroska ? ['matroska'] : ['mp4', '-movflags', '+faststart'];
  return ['-f', ...form, `file:${path}`];
}
