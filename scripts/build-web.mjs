/**
 * Bundles the pages into dist/web: `index.html`, `app.js`, `app.css`. The page names its files with
 * a hash of their bytes, so that they may be cached for good and a new build is seen at once.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/web/', import.meta.url));
const target = fileURLToPath(new URL('../dist/web/', import.meta.url));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const { outputFiles } = await build({
  entryPoints: [
    { in: `${source}main.ts`, out: 'app' },
    { in: `${source}app.css`, out: 'app' },
  ],
  outdir: target,
  bundle: true,
  write: false,
  minify: true,
  legalComments: 'none',
  format: 'iife',
  target: ['chrome110', 'firefox115', 'safari16'],
  logLevel: 'warning',
});

let page = readFileSync(`${source}index.html`, 'utf8');
for (const { path, contents } of outputFiles) {
  writeFileSync(path, contents);
  const name = path.slice(target.length);
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12);
  if (!page.includes(`"/${name}"`)) throw new Error(`index.html does not name /${name}`);
  page = page.replace(`"/${name}"`, `"/${name}?v=${hash}"`);
}
writeFileSync(`${target}index.html`, page);
