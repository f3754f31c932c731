/**
 * Bundles the pages into dist/web: `index.html`, `app.js`, `app.css`, and the docs. The page names its files with
 * a hash of their bytes, so that they may be cached for good and a new build is seen at once.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
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

// The page of the API's docs: Swagger UI as it is published, so that it works without internet.
const require = createRequire(import.meta.url);
const swagger = dirname(require.resolve('swagger-ui-dist/package.json'));
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  copyFileSync(join(swagger, file), `${target}${file}`);
}
for (const file of ['LICENSE', 'NOTICE']) {
  copyFileSync(join(swagger, file), `${target}swagger-ui.${file}`);
}
for (const file of ['docs.html', 'docs.js'])
  copyFileSync(`${source}docs/${file}`, `${target}${file}`);
