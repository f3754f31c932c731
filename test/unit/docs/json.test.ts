import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { jsonPage } from './json-page.js';

test('docs/json.md has every field as it is (vitest -u writes it anew)', async () => {
  const page = '../../../docs/json.md';
  const options = await resolveConfig(new URL(page, import.meta.url).pathname);
  const text = await format(jsonPage(), { ...options, parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});
