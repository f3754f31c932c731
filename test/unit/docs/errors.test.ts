import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { errorsPage } from './errors-page.js';

test('docs/errors.md has every error as it is (vitest -u writes it anew)', async () => {
  const page = '../../../docs/errors.md';
  const options = await resolveConfig(new URL(page, import.meta.url).pathname);
  const text = await format(errorsPage(), { ...options, parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});
