/** The hardware encoders that kdrama knows, the preferred first. Which of them work is tried: describe.ts. */

export interface HardwareEncoder {
  /** Of its lane, and what people read. */
  readonly name: 'nvenc' | 'videotoolbox' | 'qsv' | 'amf' | 'vaapi' | 'v4l2m2m';
  /** As ffmpeg lists it. */
  readonly codec: string;
  /** Encoders of one family may be the same chip: only the first that works is used. */
  readonly family: string;
  /** Pictures that may be encoded at once, in all processes together. */
  readonly sessions: number;
  /** What decodes beside it, by `process.platform`; absent: the CPU does. */
  readonly hwaccel: Partial<Readonly<Record<NodeJS.Platform, string>>>;
  /** Opened before everything else. */
  readonly device?: readonly string[];
  /** Without it there is nothing to try. */
  readonly devicePath?: string;
  /** Takes a picture to where the encoder wants it; absent: it does so itself. */
  readonly upload?: string;
  /** Options of the encoder beside those that all have. */
  readonly options: readonly string[];
  /** B pictures in a row, none of which another refers to: pictures are delayed by one at most. */
  readonly bPictures: 0 | 2;
  /** Holds a quality, on the scale of x264's CRF, under the ceiling; absent: it is told a mean. */
  readonly quality?: (crf: number) => readonly string[];
}

/** The device that pictures are uploaded to. */
const vaapiDevice = ['-init_hw_device', 'vaapi=hw', '-filter_hw_device', 'hw'];

export const hardwareEncoders: readonly HardwareEncoder[] = [
  {
    ...{ name: 'nvenc', codec: 'h264_nvenc', family: 'nvidia', bPictures: 2 },
    // What drivers of 2020 allow on cards for consumers; newer ones allow more.
    sessions: 3,
    hwaccel: { linux: 'cuda', win32: 'cuda' },
    options: ['-preset', 'p4', '-profile:v', 'high', '-forced-idr', '1', '-b_ref_mode', 'disabled'],
    quality: (crf) => ['-rc', 'vbr', '-cq', String(crf), '-b:v', '0'],
  },
  {
    ...{ name: 'videotoolbox', codec: 'h264_videotoolbox', family: 'apple', bPictures: 0 },
    sessions: 8,
    hwaccel: { darwin: 'videotoolbox' },
    options: ['-profile:v', 'high', '-allow_sw', '0', '-realtime', '0'],
  },
  {
    ...{ name: 'qsv', codec: 'h264_qsv', family: 'display', bPictures: 2 },
    sessions: 8,
    hwaccel: { linux: 'vaapi', win32: 'd3d11va' },
    options: ['-preset', 'medium', '-profile:v', 'high', '-forced_idr', '1', '-b_strategy', '0'],
  },
  {
    ...{ name: 'amf', codec: 'h264_amf', family: 'display', bPictures: 0 },
    sessions: 8,
    hwaccel: { linux: 'vaapi', win32: 'd3d11va' },
    options: [
      ...['-quality', 'balanced', '-rc', 'vbr_peak', '-profile:v', 'high', '-forced_idr', '1'],
    ],
  },
  {
    ...{ name: 'vaapi', codec: 'h264_vaapi', family: 'display', bPictures: 2 },
    sessions: 8,
    hwaccel: { linux: 'vaapi' },
    device: vaapiDevice,
    devicePath: '/dev/dri',
    upload: 'format=nv12,hwupload',
    options: ['-profile:v', 'high'],
  },
  {
    ...{ name: 'v4l2m2m', codec: 'h264_v4l2m2m', family: 'v4l2', bPictures: 0 },
    sessions: 1,
    hwaccel: {},
    // ffmpeg's own number of the High profile: this encoder knows no names.
    options: ['-profile:v', '100'],
  },
];

/** Most pictures that one chunk has, unless somebody wants more rungs. */
const picturesOfChunk = 4;

/** How many chunks an encoder makes at once without running out of sessions. */
export function slotsOf({ sessions }: Pick<HardwareEncoder, 'sessions'>): number {
  return Math.max(1, Math.floor(sessions / picturesOfChunk));
}

/** How many pictures of a chunk it makes; the CPU makes the smaller ones that are left. */
export function sessionsPerChunk(encoder: Pick<HardwareEncoder, 'sessions'>): number {
  return Math.floor(encoder.sessions / slotsOf(encoder));
}

/** What every transcode needs: the encoders of picture and sound on the CPU. */
export const neededEncoders = ['libx264', 'aac'] as const;
