import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { KdramaError } from '../../../shared/errors.js';
import { runText } from '../ffmpeg/run.js';
import { provePair } from './self-test.js';
import { canToneMap } from './tone-map.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

export type { Tools } from '../ffmpeg/tool-pair.js';

export interface ToolCandidate {
  readonly origin: 'configured' | 'PATH' | 'ffmpeg-static';
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** undefined when it cannot be started. */
  readonly version: string | undefined;
  readonly works: boolean;
  /** Why it does not work; '' when it does. */
  readonly reason: string;
}

export interface ToolSettings {
  readonly ffmpegPath: string | undefined;
  readonly ffprobePath: string | undefined;
}

type Pair = Pick<ToolCandidate, 'origin' | 'ffmpeg' | 'ffprobe'>;

/** A configured pair is the only candidate: what somebody chose is not silently replaced. */
function candidates({ ffmpegPath, ffprobePath }: ToolSettings): Pair[] {
  if (ffmpegPath !== undefined || ffprobePath !== undefined) {
    return [
      {
        origin: 'configured',
        ffmpeg: ffmpegPath ?? 'ffmpeg',
        ffprobe: ffprobePath ?? siblingOf(ffmpegPath ?? 'ffmpeg'),
      },
    ];
  }
  const installed = installedPair();
  return [
    { origin: 'PATH', ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
    ...(installed ? [installed] : []),
  ];
}

/** Beside it as builds come; where there is none (a script that calls ffmpeg), the one of the PATH. */
function siblingOf(ffmpeg: string): string {
  const sibling = ffmpeg.replace(/ffmpeg(?=[^/\\]*$)/, 'ffprobe');
  return sibling !== ffmpeg && existsSync(sibling) ? sibling : 'ffprobe';
}

/** Both are optional dependencies: a failed download of either leaves none. */
function installedPair(): Pair | undefined {
  const require = createRequire(import.meta.url);
  try {
    const ffmpeg = require('ffmpeg-static') as string | null;
    const { path: ffprobe } = require('@ffprobe-installer/ffprobe') as { path: string };
    return ffmpeg === null ? undefined : { origin: 'ffmpeg-static', ffmpeg, ffprobe };
  } catch {
    return undefined;
  }
}

/** Every candidate with what was found out about it, best first. Takes about a second. */
export async function describeTools(settings: ToolSettings): Promise<ToolCandidate[]> {
  const described = await Promise.all(candidates(settings).map(describePair));
  return described.toSorted(
    (a, b) => Number(b.works) - Number(a.works) || compareVersions(b.version, a.version),
  );
}

/** The newest working pair, or undefined when there is none. */
export async function findTools(settings: ToolSettings): Promise<Tools | undefined> {
  const [best] = await describeTools(settings);
  if (best?.works !== true) return undefined;
  const { ffmpeg, ffprobe, version = '' } = best;
  return { ffmpeg, ffprobe, version, canToneMap: await canToneMap(ffmpeg) };
}

async function describePair(pair: Pair): Promise<ToolCandidate> {
  const [its, probes] = await Promise.all([pair.ffmpeg, pair.ffprobe].map(versionOf));
  const reason = await reasonAgainst(pair, its, probes);
  return { ...pair, version: its?.version, works: reason === '', reason };
}

async function reasonAgainst(
  pair: Pair,
  its: Version | undefined,
  probes: Version | undefined,
): Promise<string> {
  const { version } = its ?? {};
  const { version: probeVersion } = probes ?? {};
  if (version === undefined) return `${pair.ffmpeg} cannot be started${its?.said ?? ''}`;
  if (probeVersion === undefined) return `${pair.ffprobe} cannot be started${probes?.said ?? ''}`;
  if (isOlder(version)) return `ffmpeg 5.1 or newer is needed, this is ${version}`;
  if (isOlder(probeVersion)) return `ffprobe 5.1 or newer is needed, this is ${probeVersion}`;
  try {
    await provePair({ ffmpeg: pair.ffmpeg, ffprobe: pair.ffprobe, version });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface Version {
  readonly version: string | undefined;
  /** How it ended instead of saying one, in words that begin with a space. */
  readonly said: string;
}

/** undefined when there is no such program. */
async function versionOf(program: string): Promise<Version | undefined> {
  try {
    const { stdout, stderr, exitCode } = await runText(program, ['-version'], {
      timeoutMs: 10_000,
    });
    const version = /^ff(?:mpeg|probe) version (\S+)/.exec(stdout)?.[1];
    const [line = ''] = stderr.trim().split('\n');
    // It is the first to see that there is nothing to start: see run.ts.
    if (line.startsWith('setpriv: ')) return undefined;
    const end = exitCode === undefined ? 'it was killed' : `exit code ${exitCode}`;
    return { version, said: ` (${end}${line === '' ? '' : `: ${line}`})` };
  } catch (error) {
    if (error instanceof KdramaError) return undefined;
    throw error;
  }
}

function numbersOf(version: string | undefined): readonly [number, number] | undefined {
  const match = /^n?(\d+)\.(\d+)/.exec(version ?? '');
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Builds from git (`N-109741-g…`) carry no number; the self-test judges those. */
function isOlder(version: string): boolean {
  const [major = 99, minor = 0] = numbersOf(version) ?? [];
  return major < 5 || (major === 5 && minor < 1);
}

function compareVersions(a: string | undefined, b: string | undefined): number {
  const [majorA = 0, minorA = 0] = numbersOf(a) ?? [];
  const [majorB = 0, minorB = 0] = numbersOf(b) ?? [];
  return majorA - majorB || minorA - minorB;
}
