import type { Sample } from './samples.js';

const sequenceParameterSet = 7;
const pictureParameterSet = 8;

/** Whether an H.264 picture brings the parameter sets that it is decoded with, in band. */
export function hasParameterSets({ data }: Pick<Sample, 'data'>): boolean {
  const types = nalTypes(data);
  return types.includes(sequenceParameterSet) && types.includes(pictureParameterSet);
}

/** Of a sample as MP4 has it: each unit behind its length in four bytes (ISO/IEC 14496-15, 4.3.3). */
function nalTypes(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const types: number[] = [];
  for (let at = 0; at + 4 < data.length; at += 4 + view.getUint32(at)) {
    types.push((data[at + 4] ?? 0) & 0x1f);
  }
  return types;
}

/** By how many pictures showing has to lag behind decoding. Samples in decode order. */
export function reorderDepth(samples: readonly Pick<Sample, 'pts'>[]): number {
  const shown = samples.map(({ pts }) => pts).toSorted((a, b) => a - b);
  const depths = samples.map(({ pts }, index) => index - shown.indexOf(pts));
  return Math.max(0, ...depths);
}
