/**
 * `npm test`, `npm run test:fast`, `npm run test:slow`: set-up, then every stage, whatever fails.
 * The last line of stdout is always `tests: N passed, N failed, N skipped`.
 */
import { delimiter, dirname, isAbsolute } from 'node:path';
import { installDependencies } from './setup/dependencies.mjs';
import { findBrowser } from './setup/browser.mjs';
import { say } from './setup/run-command.mjs';
import { setUp } from './setup.mjs';
import { sumOf } from './test/counts.mjs';
import { runStage } from './test/run-stage.mjs';
import { stagesOf } from './test/stages.mjs';
import { lastLine, summaryOf } from './test/summary.mjs';

const wanted = process.argv[2] ?? 'all';

/** @type {import('./test/summary.mjs').StageResult[]} */
const results = [];

/**
 * @param {string} name
 * @param {boolean} isCheck
 * @param {() => Promise<import('./test/counts.mjs').Counts>} work
 */
async function stage(name, isCheck, work) {
  const startedMs = performance.now();
  say(`\n== ${name}`);
  const counts = await work();
  results.push({ name, isCheck, counts, seconds: (performance.now() - startedMs) / 1000 });
  return counts.failed === 0;
}

async function prepare() {
  try {
    // The fast part needs neither a build, nor media tools, nor a browser.
    if (wanted === 'fast') await installDependencies();
    else putOnPath((await setUp({ browser: wanted === 'all' })).tools);
    return none;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return oneFailed;
  }
}

/**
 * Tests make their clips with the `ffmpeg` of PATH, also where the daemon uses one from elsewhere.
 * @param {{ ffmpeg: string, ffprobe: string }} tools
 */
function putOnPath({ ffmpeg, ffprobe }) {
  const directories = [ffmpeg, ffprobe].filter(isAbsolute).map((path) => dirname(path));
  process.env['PATH'] = [...directories, process.env['PATH']].join(delimiter);
}

/**
 * Without a browser its tests are skipped by name; where CI is set that is a failure.
 * @param {import('./test/counts.mjs').Counts} counts
 */
function strictAboutBrowser(counts) {
  const isMissing = process.env['CI'] === 'true' && findBrowser(process.env) === undefined;
  if (!isMissing || counts.failed > 0) return counts;
  say('No browser was found: with CI=true that is a failure.');
  return { ...counts, failed: 1 };
}

const none = { passed: 0, failed: 0, skipped: 0, skippedNames: [], failures: [] };
const oneFailed = { ...none, failed: 1 };

if (!(wanted in stagesOf)) {
  throw new Error(`expected one of ${Object.keys(stagesOf).join(', ')}, got ${wanted}`);
}
if (await stage('set-up', true, prepare)) {
  for (const part of stagesOf[/** @type {keyof typeof stagesOf} */ (wanted)]) {
    await stage(part.name, !('project' in part), async () => {
      const counts = await runStage(part);
      return part.name === 'browser' ? strictAboutBrowser(counts) : counts;
    });
  }
}

const total = sumOf(results.map(({ counts }) => counts));
process.stdout.write(`\n${summaryOf(results)}\n${lastLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
