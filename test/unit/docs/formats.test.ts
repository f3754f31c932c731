import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { formatsPage } from './formats-page.js';

test('docs/formats.md has every tried file (vitest -u writes it anew)', async () => {
  const page = '../../../docs/formats.md';
  const options = await resolveConfig(new URL(page, import.meta.url).pathname);
  const text = await format(formatsPage(), { ...options, parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});
