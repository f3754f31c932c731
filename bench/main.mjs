/**
 * `npm run bench [-- NAME…]`: what kdrama costs, as ratios against what others would run, in one
 * run on one machine, with the targets of the project. Exits with 1 when one is missed.
 */
import { rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { say } from '../scripts/setup/run-command.mjs';
import { setUp } from '../scripts/setup.mjs';
import { measureCommandLine } from './command-line.mjs';
import { makeContext } from './context.mjs';
import { measureEstimate } from './eta.mjs';
import { measureFullLibrary, measureHttp } from './http.mjs';
import { measureListeners } from './listeners.mjs';
import { measureLong } from './long.mjs';
import { measureQuality } from './quality.mjs';
import { measureSeek } from './seek.mjs';
import { measureServe } from './serve.mjs';
import { measureStop } from './stop.mjs';
import { isMet, tableOf } from './table.mjs';
import { measureForeignSource, measureTranscode } from './transcode.mjs';
import { measureUpload } from './upload.mjs';

/** @type {Record<string, (context: import('./context.mjs').Context) => Promise<import('./table.mjs').Measurement[]>>} */
const measurements = {
  transcode: measureTranscode,
  foreign: measureForeignSource,
  long: measureLong,
  seek: measureSeek,
  quality: measureQuality,
  upload: measureUpload,
  eta: measureEstimate,
  stop: measureStop,
  http: measureHttp,
  serve: measureServe,
  listeners: measureListeners,
  library: measureFullLibrary,
  commands: measureCommandLine,
};

/** @param {number} rounds */
function conditions(rounds) {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown CPU'}`;
  return `Node ${process.versions.node}, ${machine}, medians of ${rounds} rounds.`;
}

const names = process.argv.slice(2);
const { tools } = await setUp();
const context = makeContext(tools.ffmpeg, process.env);
try {
  const results = [];
  for (const [name, measure] of Object.entries(measurements)) {
    if (names.length > 0 && !names.includes(name)) continue;
    say(`Measuring: ${name}.`);
    results.push(...(await measure(context)));
  }
  process.stdout.write(`${conditions(context.rounds)}\n\n${tableOf(results)}\n`);
  process.exitCode = results.every(isMet) ? 0 : 1;
} finally {
  rmSync(context.directory, { recursive: true });
}
