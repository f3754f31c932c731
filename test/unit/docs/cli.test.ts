import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { cliPage } from './cli-page.js';
import { manualPage } from './manual-page.js';

test('docs/cli.md has every command as it is (npm run docs writes it anew)', async () => {
  const page = '../../../docs/cli.md';
  const options = await resolveConfig(fileURLToPath(new URL(page, import.meta.url)));
  const text = await format(cliPage(), { ...options, parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});

test('man/kdrama.1 has every command as it is (npm run docs writes it anew)', async () => {
  await expect(manualPage()).toMatchFileSnapshot('../../../man/kdrama.1');
});
