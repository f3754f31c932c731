import type { UnshownSubtitle } from '../../../shared/renditions.js';
import type { DescribedRendition } from './described-rendition.js';
import type { Source, SourceStream } from '../source/inspect.js';
import { languageTag } from '../source/language.js';
import { distinctLabels, isSdh } from '../source/track-labels.js';
import { webVttInBlocks } from '../source/webvtt-blocks.js';

const textSubtitles = new Set([
  ...['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text', webVttInBlocks],
]);

/** Every text subtitle track is a rendition; none is on by itself. */
export function describeSubtitles(source: Source): DescribedRendition[] {
  return labelled(subtitlesOf(source).filter(isText)).map(({ stream, said }, index) => ({
    name: `subtitle-${index}`,
    method: 'encoded',
    reason: `${(stream.codec_name ?? '').toUpperCase()} as WebVTT`,
    traits: { kind: 'subtitle', ...said, isDefault: false },
  }));
}

/** All others: pictures of words (PGS, VobSub, DVB) and what is not read here, so that they are told. */
export function describeUnshownSubtitles(source: Source): UnshownSubtitle[] {
  const others = subtitlesOf(source).filter((stream) => !isText(stream));
  return labelled(others).map(({ said }) => said);
}

function subtitlesOf(source: Source): SourceStream[] {
  return source.streams.filter((stream) => stream.codec_type === 'subtitle');
}

function isText(stream: SourceStream): boolean {
  return textSubtitles.has(stream.codec_name ?? '');
}

function labelled(streams: readonly SourceStream[]) {
  const labels = distinctLabels(streams, 'Subtitles');
  return streams.map((stream, index) => ({
    stream,
    said: {
      ...{ stream: stream.index, language: languageTag(stream.tags['language']) },
      ...{ label: labels[index] ?? '', isForced: stream.disposition['forced'] === 1 },
      ...{ isSdh: isSdh(stream), codec: stream.codec_name ?? 'unknown' },
    },
  }));
}
