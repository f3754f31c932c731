import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;

export interface Finding {
  /** Relative to the tree's root. */
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** Lints a tree of small files (path → text) under this project's own rules, in one run. */
export function lintTree(files: Readonly<Record<string, string>>): Finding[] {
  const tree = mkdtempSync(join(tmpdir(), 'kdrama-lint-'));
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
    copyFileSync(join(root, 'tsconfig.base.json'), join(tree, 'tsconfig.json'));
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    return run(tree);
  } finally {
    rmSync(tree, { recursive: true });
  }
}

function run(tree: string): Finding[] {
  const { stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/oxlint'),
    ['--format=json', '--no-ignore'],
    { cwd: tree, encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) throw new Error(`oxlint did not run: ${stdout}${stderr}`);
  return JSON.parse(stdout).diagnostics.map((found: any) => ({
    file: found.filename,
    code: found.code,
    message: `${found.message} ${found.help ?? ''}`,
  }));
}
