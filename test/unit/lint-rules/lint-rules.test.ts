import { beforeAll, describe, expect, test } from 'vitest';
import { type Finding, lintTree } from './lint.js';

/** [file, line of code in it, what the linter's message must say] */
const refused: readonly (readonly [string, string, string])[] = [
  ['src/shared/a.ts', `import '../daemon/bus.js';`, 'imports nothing of ours'],
  ['src/shared/contract/a.ts', `import '../../cli/main.js';`, 'imports nothing of ours'],
  ['src/shared/b.ts', `import 'node:fs';`, 'shared/ is pure'],
  ['src/shared/c.ts', `import 'got';`, 'loads it on every start'],
  ['src/cli/a.ts', `import '../daemon/main.js';`, 'talks to the daemon over HTTP'],
  [
    'src/cli/commands/a.ts',
    `import { z } from '../../shared/contract/index.js'; z;`,
    'as types only',
  ],
  ['src/cli/commands/c.ts', `import '../../daemon/main.js';`, 'serve, doctor and export alone'],
  ['src/cli/commands/b.ts', `import 'ink';`, 'only ui/ draws'],
  ['src/cli/commands/serve.ts', `import 'zod';`, 'talks to the daemon over HTTP'],
  ['src/cli/ui/a.tsx', `import { z } from '../../shared/contract/index.js'; z;`, 'as types only'],
  ['src/cli/ui/b.tsx', `import '../../daemon/main.js';`, 'draws what it is given'],
  ['src/web/a.ts', `import '../daemon/bus.js';`, 'talk to the daemon over HTTP'],
  ['src/web/b.ts', `import { z } from '../shared/contract/index.js'; z;`, 'as types only'],
  ['src/web/c.ts', `import 'node:path';`, 'run in a browser'],
  ['src/daemon/a.ts', `import 'better-sqlite3';`, 'Only store/ speaks SQL'],
  ['src/daemon/b.ts', `import '../cli/main.js';`, 'share only src/shared'],
  ['src/daemon/store/a.ts', `import '../jobs/states.js';`, 'lies at the bottom'],
  ['src/daemon/store/migrations/a.ts', `import '../../media/ffmpeg/run.js';`, 'lies at the bottom'],
  ['src/daemon/store/b.ts', `import 'hono';`, 'only http/ knows Hono'],
  ['src/daemon/accounts/a.ts', `import '../http/app.js';`, 'about people and keys only'],
  ['src/daemon/accounts/b.ts', `import 'better-sqlite3';`, 'Only store/ speaks SQL'],
  ['src/daemon/metrics/a.ts', `import '../store/open.js';`, 'handed what it looks at'],
  ['src/daemon/health/a.ts', `import 'hono';`, 'only http/ knows Hono'],
  ['src/daemon/jobs/a.ts', `import '../library/view.js';`, 'Imports point down'],
  ['src/daemon/jobs/b.ts', `import 'better-sqlite3';`, 'Only store/ speaks SQL'],
  ['src/daemon/jobs/c.ts', `import '../main.js';`, 'nor who built it'],
  ['src/daemon/library/a.ts', `import '../uploads/sniff.js';`, 'Imports point down'],
  ['src/daemon/library/b.ts', `import '../media/probe.js';`, 'Only jobs/ hands out work'],
  ['src/daemon/uploads/a.ts', `import '../http/app.js';`, 'Imports point down'],
  ['src/daemon/uploads/b.ts', `import '../worker/task.js';`, 'Only jobs/ hands out work'],
  ['src/daemon/subtitles/a.ts', `import '../library/view.js';`, 'Imports point down'],
  ['src/daemon/subtitles/b.ts', `import 'better-sqlite3';`, 'Only store/ speaks SQL'],
  ['src/daemon/streaming/a.ts', `import '../http/app.js';`, 'Imports point down'],
  ['src/daemon/streaming/b.ts', `import '../media/ffmpeg/run.js';`, 'the pure fmp4/ may be used'],
  ['src/daemon/http/a.ts', `import '../media/ffmpeg/run.js';`, 'only jobs/ hands out work'],
  ['src/daemon/http/b.ts', `import 'better-sqlite3';`, 'Only store/ speaks SQL'],
  ['src/daemon/watch/a.ts', `import '../library/view.js';`, 'brings files in through uploads/'],
  ['src/daemon/watch/b.ts', `import '../media/ffmpeg/run.js';`, 'brings files in through uploads/'],
  ['src/daemon/watch/c.ts', `import { s } from '../store/open.js'; s;`, 'handed its repositories'],
  ['src/daemon/uploads/c.ts', `import '../watch/ok.js';`, 'Imports point down'],
  ['src/daemon/notify/a.ts', `import '../uploads/sniff.js';`, 'hears of events'],
  ['src/daemon/worker/a.ts', `import '../store/open.js';`, 'it may not know the database'],
  ['src/daemon/worker/b.ts', `import '../http/app.js';`, 'everything else is handed in'],
  ['src/daemon/worker/c.ts', `import 'execa';`, 'only media/ffmpeg/run.ts starts processes'],
  ['src/daemon/media/fmp4/a.ts', `import '../../store/open.js';`, 'may not know the database'],
  [
    'src/daemon/media/a.ts',
    `import 'node:child_process';`,
    'only media/ffmpeg/run.ts starts processes',
  ],
  ['src/daemon/media/b.ts', `import '../worker/task.js';`, 'about media only'],
  [
    'src/daemon/media/c.ts',
    `import { readConfig } from '../config.js'; readConfig;`,
    'as a parameter',
  ],
  ['src/daemon/media/ffmpeg/run.ts', `import '../worker/task.js';`, 'about media only'],
  ['src/daemon/http/c.ts', `export const home = process.env['HOME'];`, 'Only config.ts reads'],
  ['src/shared/d.ts', `export const home = process.env['HOME'];`, 'Only config.ts reads'],
  ['src/daemon/jobs/d.ts', `export const words = process.argv;`, 'read arguments'],
  ['src/daemon/jobs/e.ts', `console.log('done');`, 'console'],
  ['src/daemon/jobs/f.ts', `export const value: any = 1;`, 'any'],
  ['src/daemon/jobs/g.ts', `async function go() {}\ngo();`, 'Promises must be awaited'],
  ['src/cli/c.ts', `process.exit(1);`, 'process.exit'],
  ['src/daemon/jobs/h.ts', `import { i } from './i.js';\nexport const h = i;`, 'cycle'],
];

/** What looks alike and is right. */
const accepted: Readonly<Record<string, string>> = {
  'src/daemon/jobs/i.ts': `import { h } from './h.js';\nexport const i = () => h;`,
  'src/daemon/main.ts': `import './http/ok.js';\nimport './store/ok.js';`,
  'src/daemon/config.ts': `export const home = process.env['HOME'];`,
  'src/daemon/background.ts': `export const home = process.env['HOME'];`,
  'src/daemon/store/ok.ts': `import 'better-sqlite3';`,
  'src/daemon/http/ok.ts': `import 'hono';\nimport '../jobs/ok.js';\nimport '../streaming/ok.js';`,
  'src/daemon/jobs/ok.ts': `import '../store/ok.js';\nimport '../worker/ok.js';\nimport '../bus.js';`,
  'src/daemon/streaming/ok.ts': `import '../media/fmp4/ok.js';`,
  'src/daemon/watch/ok.ts': `import type { S } from '../store/ok.js';\nimport '../uploads/a.js';\nexport type T = S;`,
  'src/daemon/worker/ok.ts': `import '../media/ffmpeg/run.js';\nimport '../layout.js';`,
  'src/daemon/media/fmp4/ok.ts': `import type { C } from '../../config.js';\nexport type D = C;`,
  'src/cli/ok.ts': `import type { JobView } from '../shared/contract/index.js';\nexport type View = JobView;`,
  'src/cli/commands/ok.ts': `import '../daemon/connect.js';`,
  'src/cli/ui/ok.tsx': `import 'ink';`,
  'src/cli/commands/doctor.ts': `export const look = () => import('../../daemon/media/tools/find-tools.js');`,
};

let findings: readonly Finding[];

beforeAll(() => {
  findings = lintTree({
    ...accepted,
    ...Object.fromEntries(refused.map(([file, code]) => [file, `${code}\n`])),
  });
}, 30_000);

describe('the linter refuses', () => {
  test.each(refused)('%s: %s', (file, _code, message) => {
    const said = findings.filter((finding) => finding.file === file).map(({ message: m }) => m);
    expect(said.join('\n')).toContain(message);
  });
});

describe('the linter accepts', () => {
  test.each(Object.keys(accepted).filter((file) => !file.endsWith('/i.ts')))('%s', (file) => {
    expect(findings.filter((finding) => finding.file === file)).toEqual([]);
  });
});
