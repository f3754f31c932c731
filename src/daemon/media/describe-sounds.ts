import type { SoundSource } from '../../shared/renditions.js';
import { audioBitRate } from './arguments/audio.js';
import { codedFrameSamples } from './coded-frames.js';
import { aacLc } from './codec-strings.js';
import { chooseSound } from './copyable.js';
import type { DescribedRendition } from './described-rendition.js';
import type { Source, SourceStream } from './inspect.js';
import { languageTag } from './language.js';
import { distinctLabels } from './track-labels.js';

/** Every audio track is a rendition; the first that is marked default (or the first) plays. */
export function describeSounds(source: Source, pictureSeconds: number): DescribedRendition[] {
  const streams = source.streams.filter(
    (stream) => stream.codec_type === 'audio' && (stream.channels ?? 0) > 0,
  );
  const standard = streams.find((stream) => stream.disposition['default'] === 1) ?? streams[0];
  const labels = distinctLabels(streams, 'Audio');
  return streams.map((stream, index) => {
    const { method, reason } = chooseSound(stream, pictureSeconds, source.format.start_time);
    const copied = method === 'copied';
    const sampleRate = stream.sample_rate === 44_100 ? 44_100 : 48_000;
    const bitRate = copied ? Math.max(stream.bit_rate ?? 0, 256_000) : audioBitRate;
    return {
      name: `audio-${index}`,
      ...{ method, reason },
      traits: {
        ...{ kind: 'audio', stream: stream.index, language: languageTag(stream.tags['language']) },
        ...{ label: labels[index] ?? '', isDefault: stream === standard, channels: 2, sampleRate },
        ...{ codecs: aacLc, bandwidthBound: Math.round(bitRate * 1.2) },
        source: soundSource(stream, source.format.start_time),
      },
    };
  });
}

function soundSource(stream: SourceStream, startSeconds: number): SoundSource {
  const frameSamples = codedFrameSamples(stream);
  return {
    channels: stream.channels ?? 2,
    startSeconds: (stream.start_time ?? startSeconds) - startSeconds,
    ...(frameSamples !== undefined && stream.start_time !== undefined && { frameSamples }),
  };
}
