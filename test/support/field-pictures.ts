/**
 * H.264 of which each field is a picture of its own, top field first, as television sends it: x264 makes none.
 * Every macroblock has its samples as they are (I_PCM), so that this is short. ITU-T H.264, 7.3.
 */

const size = { widthInBlocks: 10, heightInBlocks: 6 };
/** Frames from one IDR picture to the next. */
const groupLength = 25;

/** Annex B, 160x96, 25 frames a second. */
export function fieldPictures(frames: number): Buffer {
  return Buffer.concat(
    Array.from({ length: frames }, (_, frame) => [
      ...(frame % groupLength === 0 ? [sequenceSet(), pictureSet()] : []),
      field(frame, 0),
      field(frame, 1),
    ]).flat(),
  );
}

class BitWriter {
  readonly #bytes: number[] = [];
  #bits = '';

  /** A number of so many bits. */
  u(length: number, value: number): this {
    return this.#add(value.toString(2).padStart(length, '0'));
  }

  /** Several of variable length (ue(v), 9.1). */
  ue(...values: readonly number[]): this {
    for (const value of values) {
      const bits = (value + 1).toString(2);
      this.#add(bits.padStart(2 * bits.length - 1, '0'));
    }
    return this;
  }

  /** Whole bytes, from the next whole byte on. */
  bytes(bytes: readonly number[]): this {
    this.#add('0'.repeat((8 - this.#bits.length) % 8));
    this.#bytes.push(...bytes);
    return this;
  }

  /** A NAL unit with start code, trailing bits and emulation prevention. */
  unit(header: number): Buffer {
    this.u(1, 1).bytes([]);
    let zeros = 0;
    const body = this.#bytes.flatMap((byte) => {
      const isEmulated = zeros >= 2 && byte <= 3;
      zeros = byte === 0 ? (isEmulated ? 0 : zeros) + 1 : 0;
      return isEmulated ? [3, byte] : [byte];
    });
    return Buffer.from([0, 0, 0, 1, header, ...body]);
  }

  #add(bits: string): this {
    this.#bits += bits;
    while (this.#bits.length >= 8) {
      this.#bytes.push(Number.parseInt(this.#bits.slice(0, 8), 2));
      this.#bits = this.#bits.slice(8);
    }
    return this;
  }
}

/** Main profile, level 3; frame numbers and picture order counts of 8 bits; fields alone; 50 of them a second. */
function sequenceSet(): Buffer {
  const { widthInBlocks, heightInBlocks } = size;
  const set = new BitWriter().u(24, 0x4d_00_1e).ue(0, 4, 0, 4, 1).u(1, 0);
  set.ue(widthInBlocks - 1, heightInBlocks / 2 - 1).u(5, 0b00101);
  return set.u(5, 0b00001).u(32, 1).u(32, 50).u(5, 0b10000).unit(0x67);
}

function pictureSet(): Buffer {
  return new BitWriter().ue(0, 0).u(2, 0).ue(0, 0, 0).u(3, 0).ue(0, 0, 0).u(3, 0b100).unit(0x68);
}

function field(frame: number, bottom: 0 | 1): Buffer {
  const number = frame % groupLength;
  const isIdr = number === 0 && bottom === 0;
  const picture = new BitWriter()
    .ue(0, 7, 0)
    .u(8, number)
    .u(2, 0b10 | bottom);
  if (isIdr) picture.ue((frame / groupLength) % 2);
  picture.u(8, 2 * number + bottom).u(isIdr ? 2 : 1, 0);
  picture.ue(0, 1);
  for (let block = 0; block < (size.widthInBlocks * size.heightInBlocks) / 2; block += 1) {
    const luma = 32 + ((block * 11 + (2 * frame + bottom) * 5) % 180);
    picture.ue(25).bytes([...Array<number>(256).fill(luma), ...Array<number>(128).fill(128)]);
  }
  return picture.unit(isIdr ? 0x65 : 0x61);
}
