import { describe, expect, it } from 'vitest';
import { av1CodecString } from '../../../src/daemon/media/codecs/av1-codec-string.js';
import { cutTicks, isInShowOrder } from '../../../src/daemon/media/frames/cut-ticks.js';
import { setsOfConfiguration, withoutSets } from '../../../src/daemon/media/fmp4/hevc-samples.js';
import { hevcCodecString } from '../../../src/daemon/media/codecs/hevc-codec-string.js';
import { keyPictureReader, type KeyPicture } from '../../../src/daemon/media/frames/key-picture.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** nal_unit_type stands in bits 1 to 6 of the first byte. */
function nal(type: number, payload = 'aa'): Uint8Array {
  return Uint8Array.from([type << 1, 1, ...bytes(payload)]);
}

function sample(...units: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(units.flatMap((unit) => [Buffer.from([0, 0, 0, unit.length]), unit]));
}

const [vps, sps, pps] = [nal(32, '01'), nal(33, '02'), nal(34, '03')];
const profileTierLevel = '01 60000000 b00000000000 5d';
/** Lengths in four bytes, one array for each set. */
function hvcC(sets: readonly Uint8Array[], lengthBytes = 4): Uint8Array {
  const arrays = sets.flatMap((set) => [0x80, 0, 1, 0, set.length, ...set]);
  const head = bytes(`01 ${profileTierLevel} f000 fc fd f8 f8 0000`);
  return Uint8Array.from([...head, 0x0c | (lengthBytes - 1), sets.length, ...arrays]);
}

describe('codec strings', () => {
  it.each([
    ['hvc1.1.6.L93.B0', '01 01 60000000 b00000000000 5d'],
    ['hvc1.2.4.L120.90', '01 02 20000000 900000000000 78'],
    ['hvc1.2.4.H150.B0.0.8', '01 22 20000000 b00008000000 96'],
    ['hvc1.A1.80000000.L30', '01 41 00000001 000000000000 1e'],
  ])('of HEVC: %s', (expected, head) => {
    expect(hevcCodecString(bytes(`${head} ${'00'.repeat(10)}`))).toBe(expected);
  });

  it.each([
    ['av01.0.08M.10', '81 08 4c 00', 'SDR'],
    ['av01.0.04M.08', '81 04 0c 00', 'SDR'],
    ['av01.0.13H.10', '81 0d cc 00', 'SDR'],
    ['av01.0.08M.10.0.110.09.16.09.0', '81 08 4c 00', 'PQ'],
    ['av01.0.08M.10.0.112.09.18.09.0', '81 08 4e 00', 'HLG'],
  ] as const)('of AV1: %s', (expected, av1C, range) => {
    expect(av1CodecString(bytes(av1C), range)).toBe(expected);
  });

  it('are none where there is no configuration', () => {
    expect(hevcCodecString(bytes('0000000140'))).toBeUndefined();
    expect(av1CodecString(bytes('0a0b00'))).toBeUndefined();
  });
});

describe('a key picture of HEVC', () => {
  const kindOf = (...units: readonly Uint8Array[]) =>
    keyPictureReader('hevc', hvcC([vps, sps, pps]))(sample(...units)) ?? 'none';

  it('is closed when it is an IDR picture or a BLA one that nothing undecodable leads', () => {
    expect([17, 18, 19, 20].map((type) => kindOf(nal(type)))).toEqual(
      Array<KeyPicture>(4).fill('closed'),
    );
    expect(kindOf(nal(35), nal(39), nal(19), nal(19), nal(40))).toBe('closed');
  });

  it('is perhaps one when it is a CRA picture, and none when decoding cannot start there', () => {
    expect([16, 21].map((type) => kindOf(nal(type)))).toEqual(['perhaps', 'perhaps']);
    expect([1, 6, 9, 22].map((type) => kindOf(nal(type)))).toEqual(Array<string>(4).fill('none'));
    expect(kindOf(nal(39))).toBe('none');
  });

  it('is none when it changes the parameters that the header has', () => {
    expect(kindOf(vps, sps, pps, nal(19))).toBe('closed');
    expect(kindOf(vps, sps, nal(34, '04'), nal(19))).toBe('none');
  });

  it('is told by its beginning up to the first slice, and by nothing shorter', () => {
    const read = keyPictureReader('hevc', hvcC([vps, sps, pps]));
    for (const [kind, set] of [
      ['closed', pps],
      ['none', nal(34, '04')],
    ] as const) {
      const whole = sample(nal(35), set, nal(39), nal(19, '00'.repeat(100)));
      const head = sample(nal(35), set, nal(39)).length + 4 + 1;
      const told = (length: number) => read(whole.subarray(0, length), whole.length);
      expect(told(head)).toBe(kind);
      expect(told(whole.length)).toBe(kind);
      expect(Array.from({ length: head }, (_, length) => told(length))).toEqual(
        Array<undefined>(head).fill(undefined),
      );
    }
  });

  it('loses under hvc1 the parameters that stand in the header, and no others', () => {
    const [sei, slice, other] = [nal(39), nal(19, '00112233'), nal(34, '04')];
    const sets = [vps, sps, pps];
    const plain = sample(sei, slice);
    expect(withoutSets(plain, sets)).toBe(plain);
    const cleaned = withoutSets(sample(vps, sps, pps, sei, slice, other), sets);
    expect([...cleaned]).toEqual([...sample(sei, slice, other)]);
    const damaged = Buffer.concat([sample(sps, slice), bytes('0000ffff2601')]);
    const kept = Buffer.concat([sample(slice), bytes('0000ffff2601')]);
    expect([...withoutSets(damaged, sets)]).toEqual([...kept]);
  });

  it('needs all three sets in the header, and lengths in four bytes', () => {
    expect(setsOfConfiguration(hvcC([vps, sps, pps]))).toHaveLength(3);
    expect(setsOfConfiguration(hvcC([vps, sps]))).toBeUndefined();
    expect(setsOfConfiguration(hvcC([vps, sps, pps], 2))).toBeUndefined();
    expect(setsOfConfiguration(hvcC([vps, sps, pps]).subarray(0, -1))).toBeUndefined();
  });
});

/** obu_type in bits 3 to 6, obu_has_size_field. */
function obu(type: number, payload: string): string {
  const { length } = bytes(payload);
  return Buffer.from([(type << 3) | 2, length, ...bytes(payload)]).toString('hex');
}

describe('a key picture of AV1', () => {
  const header = obu(1, '0000000cc4ff67');
  const temporalUnit = (...obus: readonly string[]) => bytes([obu(2, ''), ...obus].join(''));
  const kindOf = (data: Uint8Array) => keyPictureReader('av1', bytes('81010c00'))(data) ?? 'none';
  // show_existing_frame, frame_type (two bits), show_frame.
  const [shownKey, keptKey, shownAgain, inter, intraOnly] = [
    ...['10', '00', '80', '30', '50'],
  ] as const;

  it('is closed when its first frame is a key frame that is shown at once', () => {
    expect(kindOf(temporalUnit(header, obu(6, shownKey)))).toBe('closed');
    expect(kindOf(temporalUnit(header, obu(5, '01'), obu(3, shownKey), obu(4, '00')))).toBe(
      'closed',
    );
  });

  it('is none when it is shown later, only now, or is no key frame', () => {
    for (const frame of [keptKey, shownAgain, inter, intraOnly]) {
      expect(kindOf(temporalUnit(header, obu(6, frame)))).toBe('none');
    }
    // A key frame for later, then another that is shown.
    expect(kindOf(temporalUnit(header, obu(6, keptKey), obu(6, shownKey)))).toBe('none');
  });

  it('brings its sequence header before the frame, the same each time', () => {
    expect(kindOf(temporalUnit(obu(6, shownKey)))).toBe('none');
    expect(kindOf(temporalUnit(obu(6, shownKey), header))).toBe('none');
    const read = keyPictureReader('av1', bytes('81010c00'));
    const first = temporalUnit(header, obu(6, shownKey));
    const other = temporalUnit(obu(1, '0000000cc4ff68'), obu(6, shownKey));
    expect([first, other, first].map((unit) => read(unit))).toEqual(['closed', 'none', 'closed']);
  });

  it('is told by its beginning up to the head of the frame, and by nothing shorter', () => {
    const whole = temporalUnit(header, obu(6, `${shownKey}${'00'.repeat(100)}`));
    const head = temporalUnit(header).length + 2 + 1;
    const told = (length: number) =>
      keyPictureReader('av1', bytes('81010c00'))(whole.subarray(0, length), whole.length);
    expect(told(head)).toBe('closed');
    expect(Array.from({ length: head }, (_, length) => told(length))).toEqual(
      Array<undefined>(head).fill(undefined),
    );
  });

  it('is none of a still picture, nor where its bytes are cut off', () => {
    expect(kindOf(temporalUnit(obu(1, '18'), obu(6, shownKey)))).toBe('none');
    expect(kindOf(temporalUnit(header, '3209'))).toBe('none');
    expect(kindOf(bytes('0affffffffffffffffff'))).toBe('none');
  });
});

describe('where a copy can be cut', () => {
  /** In decode order: times, those of key pictures negative. */
  const cutsOf = (times: readonly number[], keys: readonly KeyPicture[]) =>
    [
      ...cutTicks(
        times.map((time) => ({
          ...{ ticks: Math.abs(time), isKey: time < 0 || Object.is(time, -0) },
          ...{ durationTicks: 1, sizeBytes: 1 },
        })),
        keys,
      ),
    ].toSorted((a, b) => a - b);

  it('is at each closed key picture, and at others that nothing leads', () => {
    expect(cutsOf([-0, 3, 1, 2, -4, 7, 5, 6, -8, 9], ['closed', 'closed', 'perhaps'])).toEqual([
      0, 4, 8,
    ]);
    expect(cutsOf([-0, 3, 1, 2, -4], ['closed', 'none'])).toEqual([0]);
  });

  it('is not at one that is led by pictures which may need what came before', () => {
    expect(cutsOf([-0, 1, 2, -5, 3, 4, 6], ['closed', 'perhaps'])).toEqual([0]);
  });

  it('is at the first of the leading pictures where these can be decoded', () => {
    expect(cutsOf([-0, 1, 2, -5, 3, 4, 6], ['closed', 'closed'])).toEqual([0, 3]);
  });

  it('is not where something from before is shown later', () => {
    expect(cutsOf([-0, 1, 6, -4, 5], ['closed', 'closed'])).toEqual([0]);
  });

  it('is nowhere when keys and packets do not belong together', () => {
    expect(cutsOf([-0, 1, -2], ['closed'])).toEqual([]);
    expect(cutsOf([-0, Number.NaN], ['closed'])).toEqual([]);
  });
});

describe('pictures that are joined', () => {
  const isOrdered = (times: readonly number[], cuts: readonly number[]) =>
    isInShowOrder(
      times.map((time) => ({
        ...{ ticks: Math.abs(time), isKey: time < 0 || Object.is(time, -0) },
        ...{ durationTicks: 1, sizeBytes: 1 },
      })),
      new Set(cuts),
    );

  it('are in the order in which they are shown', () => {
    expect(isOrdered([-0, 3, 1, 2, -4, 7, 5, 6], [0, 4])).toBe(true);
    // A recovery point is no cut: what leads it is shown after what came before.
    expect(isOrdered([-0, 1, 2, -5, 3, 4], [0])).toBe(true);
  });

  it('are not where the first of the second part is shown before the last of the first', () => {
    expect(isOrdered([-0, 3, 1, 5, -4, 7, 6], [0, 4])).toBe(false);
    expect(isOrdered([-0, 3, 1, 2, -4, 7, 3.5], [0, 4])).toBe(false);
  });

  it('are not where two are shown at once', () => {
    expect(isOrdered([-0, 3, 1, 2, 3], [0])).toBe(false);
  });
});
