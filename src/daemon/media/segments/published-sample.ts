import { variantCodecOf } from '../../../shared/renditions.js';
import { setsOfConfiguration, withoutSets } from '../fmp4/hevc-samples.js';
import { pictureHeaderOf } from '../fmp4/picture-header.js';
import type { Sample } from '../fmp4/samples.js';
import { keyPictureReader } from '../frames/key-picture.js';

/** A sample as it is published. */
export type PublishedSample = (sample: Sample) => Sample;

/**
 * How the samples of a picture are published under this `moov`. Of HEVC and AV1 only what the bitstream
 * itself calls a key is one, whatever the container said; parameter sets that the header has are left out,
 * as `hvc1` wants it. H.264 stays as it is.
 */
export function publishedSample(moov: Buffer): PublishedSample {
  const header = pictureHeaderOf(moov);
  const codec = header && variantCodecOf(header);
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
