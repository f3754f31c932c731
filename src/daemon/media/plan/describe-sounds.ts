import type { AudioTraits, SoundSource } from '../../../shared/renditions.js';
import { bitRateOf, boundOf } from '../arguments/audio.js';
import { codedFrameSamples } from '../frames/coded-frames.js';
import { aacLc, ac3, eac3 } from '../codecs/codec-strings.js';
import { chooseSound, type WantedSound } from './copyable.js';
import type { DescribedRendition } from './described-rendition.js';
import { isDecoded } from '../ffmpeg/input.js';
import { codecOf, type Source, type SourceStream } from '../source/inspect.js';
import { languageTag } from '../source/language.js';
import type { SoundWish } from './sound-wish.js';
import { distinctLabels } from '../source/track-labels.js';

/**
 * Every audio track is a rendition in stereo; the first that is marked default (or the first) plays. Behind
 * them stand the same tracks in 5.1, of those that have it.
 */
export function describeSounds(
  source: Source,
  pictureSeconds: number,
  { surround }: SoundWish,
): DescribedRendition[] {
  const streams = source.streams.filter(isRead);
  const standard = streams.find((stream) => stream.disposition['default'] === 1) ?? streams[0];
  const labels = distinctLabels(streams, 'Audio');
  const describe = (stream: SourceStream, index: number, channels: 2 | 6): DescribedRendition => ({
    name: channels === 2 ? `audio-${index}` : `audio-${index}-surround`,
    ...describeSound(
      source,
      stream,
      { pictureSeconds, channels, keepsDolby: surround === 'copy' },
      {
        label: labels[index] ?? '',
        isDefault: stream === standard,
      },
    ),
  });
  const many = surround === 'off' ? [] : streams.filter(({ channels = 0 }) => channels >= 5);
  return [
    ...streams.map((stream, index) => describe(stream, index, 2)),
    ...many.map((stream) => describe(stream, streams.indexOf(stream), 6)),
  ];
}

/** What of the sound is in no rendition, for people; undefined when nothing is. */
export function unreadSounds(source: Source): string | undefined {
  const codecs = source.streams
    .filter((stream) => stream.codec_type === 'audio' && !isRead(stream))
    .map((stream) => codecOf(stream)?.toUpperCase() ?? 'an unknown codec');
  return codecs.length === 0 ? undefined : `without its sound in ${codecs.join(', ')}`;
}

/** Whether a stream is sound that renditions can be made of. */
export function isRead({ codec_type, codec_name, channels = 0 }: SourceStream): boolean {
  return codec_type === 'audio' && isDecoded(codec_name) && channels > 0;
}

function describeSound(
  { format }: Source,
  stream: SourceStream,
  { pictureSeconds, channels, keepsDolby }: Omit<WantedSound, 'startSeconds'>,
  shown: Pick<AudioTraits, 'label' | 'isDefault'>,
): Omit<DescribedRendition, 'name'> {
  const wanted = { pictureSeconds, startSeconds: format.start_time, channels, keepsDolby };
  const choice = chooseSound(stream, wanted);
  const encodedForm: AudioTraits = {
    ...{ kind: 'audio', stream: stream.index, language: languageTag(stream.tags['language']) },
    ...{ ...shown, channels, sampleRate: stream.sample_rate === 44_100 ? 44_100 : 48_000 },
    ...{ codecs: aacLc, bandwidthBound: boundOf(bitRateOf(channels)) },
    source: soundSource(stream, format.start_time),
  };
  const traits = choice.method === 'copied' ? copiedForm(stream, encodedForm) : encodedForm;
  return { ...choice, traits };
}

function copiedForm(
  { codec_name, bit_rate = 0 }: SourceStream,
  encodedForm: AudioTraits,
): AudioTraits {
  const bitRate = Math.max(bit_rate, 1.6 * bitRateOf(encodedForm.channels));
  const form = { ...encodedForm, bandwidthBound: boundOf(bitRate), encodedForm };
  if (codec_name === 'aac') return form;
  return { ...form, codecs: codec_name === 'ac3' ? ac3 : eac3, frameSamples: 1536 };
}

function soundSource(stream: SourceStream, startSeconds: number): SoundSource {
  const frameSamples = codedFrameSamples(stream);
  return {
    channels: stream.channels ?? 2,
    startSeconds: (stream.start_time ?? startSeconds) - startSeconds,
    ...(frameSamples !== undefined && stream.start_time !== undefined && { frameSamples }),
  };
}
