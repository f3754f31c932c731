import { existsSync } from 'node:fs';
import type { Acceleration } from '../arguments/encode.js';
import { withClip, type SampleClip } from '../tools/self-test.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { runText } from '../ffmpeg/run.js';
import {
  hardwareEncoders,
  neededEncoders,
  type HardwareEncoder,
} from '../arguments/hardware-encoders.js';
import { firstReason } from './first-reason.js';
import { trialPicture, tryEncoder } from './trial.js';

export { neededEncoders } from '../arguments/hardware-encoders.js';

/** What was found out about a hardware encoder. */
export interface EncoderFinding {
  readonly name: HardwareEncoder['name'];
  readonly codec: string;
  readonly works: boolean;
  /** What decodes beside it, as ffmpeg's `-hwaccel` names it; absent: the CPU. */
  readonly hwaccel?: string;
  /** Why it is not used; '' when it is. */
  readonly reason: string;
}

export interface DescribeOptions {
  readonly platform?: NodeJS.Platform;
  /** Is known to work with this ffmpeg and this driver: not tried again. */
  readonly known?: (name: HardwareEncoder['name']) => EncoderFinding | undefined;
}

/**
 * Every hardware encoder of the catalogue with what was found out about it. That ffmpeg lists one does
 * not mean that it works: each encodes real frames, one after the other.
 */
export async function describeEncoders(
  tools: Tools,
  { platform = process.platform, known = () => undefined }: DescribeOptions = {},
): Promise<EncoderFinding[]> {
  const listed = await listEncoders(tools);
  return withClip(tools, trialPicture, async (clip) => {
    const used = new Map<string, string>();
    const findings: EncoderFinding[] = [];
    for (const encoder of hardwareEncoders) {
      const { name, codec, family } = encoder;
      const other = used.get(family);
      const reason = other ? `${other} is the same chip` : whyNotToTry(encoder, listed);
      const finding =
        reason === undefined
          ? (known(name) ?? (await describe(tools, clip, encoder, encoder.hwaccel[platform])))
          : { name, codec, works: false, reason };
      if (finding.works) used.set(family, codec);
      findings.push(finding);
    }
    return findings;
  });
}

function whyNotToTry(
  { codec, devicePath }: HardwareEncoder,
  listed: ReadonlySet<string>,
): string | undefined {
  if (!listed.has(codec)) return 'this ffmpeg was built without it';
  const isMissing = devicePath !== undefined && !existsSync(devicePath);
  return isMissing ? `${devicePath} is not there` : undefined;
}

async function describe(
  tools: Tools,
  clip: SampleClip,
  encoder: HardwareEncoder,
  hwaccel: string | undefined,
): Promise<EncoderFinding> {
  const { name, codec } = encoder;
  const reason = await reasonAgainst(tools, clip, { encoder });
  if (reason !== '') return { name, codec, works: false, reason };
  const decodes =
    hwaccel !== undefined && (await reasonAgainst(tools, clip, { encoder, hwaccel })) === '';
  return { name, codec, works: true, reason, ...(decodes && { hwaccel }) };
}

async function reasonAgainst(
  tools: Tools,
  clip: SampleClip,
  acceleration: Acceleration,
): Promise<string> {
  try {
    await tryEncoder(tools, clip, acceleration);
    return '';
  } catch (error) {
    return firstReason(error instanceof Error ? error.message : String(error));
  }
}

async function listEncoders(tools: Tools): Promise<ReadonlySet<string>> {
  const { stdout } = await runText(tools.ffmpeg, ['-hide_banner', '-encoders']);
  return new Set([...stdout.matchAll(/^ [A-Z.]{6} (\S+)/gm)].map((match) => match[1] ?? ''));
}

/** The encoders that every transcode needs and that do not work. */
export async function missingEncoders(tools: Tools): Promise<string[]> {
  const tried = neededEncoders.map(async (encoder) => {
    const [source, kind] =
      encoder === 'aac' ? ['sine=d=0.2', 'a'] : ['testsrc2=s=256x144:r=25:d=0.2', 'v'];
    const { exitCode } = await runText(tools.ffmpeg, [
      ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', source],
      ...[`-c:${kind}`, encoder, '-f', 'null', '-'],
    ]);
    return exitCode === 0 ? [] : [encoder];
  });
  return (await Promise.all(tried)).flat();
}
