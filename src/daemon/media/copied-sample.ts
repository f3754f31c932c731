import { setsOfConfiguration, withoutSets } from './fmp4/hevc-samples.js';
import { pictureHeaderOf } from './fmp4/picture-header.js';
import type { Sample } from './fmp4/samples.js';
import { keyPictureReader } from './key-picture.js';

/** A sample as it is published. */
export type CopiedSample = (sample: Sample) => Sample;

/**
 * How the samples of a copy are published under this `moov`. Of HEVC and AV1 only what the bitstream itself
 * calls a key is one, whatever the container said; parameter sets that the header has are left out, as
 * `hvc1` wants it. H.264 stays as it is.
 */
export function copiedSample(moov: Buffer): CopiedSample {
  const header = pictureHeaderOf(moov);
  const codec = header && codecOf(header.codecs);
  if (header === undefined || codec === undefined) return (sample) => sample;
  const { configuration } = header;
  const read = keyPictureReader(codec, configuration);
  const sets = codec === 'hevc' ? (setsOfConfiguration(configuration) ?? []) : [];
  return (sample) => ({
    ...sample,
    isSync: sample.isSync && read(sample.data) !== 'none',
    data: codec === 'hevc' ? withoutSets(sample.data, sets) : sample.data,
  });
}

function codecOf(codecs: string): 'hevc' | 'av1' | undefined {
  if (codecs.startsWith('hvc1')) return 'hevc';
  return codecs.startsWith('av01') ? 'av1' : undefined;
}
