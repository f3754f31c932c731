import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeFileDurably } from '../../durable-file.js';
import { runText } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { describeEncoders, type DescribeOptions, type EncoderFinding } from './describe.js';
import { driverFacts } from './driver.js';

interface Remembered {
  /** What ffmpeg and the driver were. */
  readonly of: string;
  readonly working: readonly EncoderFinding[];
}

/**
 * What `describeEncoders` finds out. What worked is remembered in `file` and not tried again while
 * ffmpeg and the driver are the same; what did not is tried every time: that costs little where there is
 * no hardware, and what was mended is seen.
 */
export async function findEncoders(
  tools: Tools,
  file: string,
  options: Pick<DescribeOptions, 'platform'> & { readonly driver?: string } = {},
): Promise<EncoderFinding[]> {
  const { driver = await driverFacts(), ...rest } = options;
  const of = await fingerprint(tools, driver);
  const remembered = await read(file);
  const working = remembered?.of === of ? remembered.working : [];
  const known = (name: string) => working.find((finding) => finding.name === name);
  const findings = await describeEncoders(tools, { ...rest, known });
  const record: Remembered = { of, working: findings.filter(({ works }) => works) };
  writeFileDurably(file, `${JSON.stringify(record)}\n`);
  return findings;
}

/** Of what ffmpeg says of its build, and of the driver. */
async function fingerprint({ ffmpeg }: Tools, driver: string): Promise<string> {
  const { stdout } = await runText(ffmpeg, ['-version']);
  return createHash('sha256').update(`${ffmpeg}\n${stdout}\n${driver}`).digest('hex');
}

/** undefined when there is none, or none that is whole. */
async function read(file: string): Promise<Remembered | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Remembered;
  } catch {
    return undefined;
  }
}
