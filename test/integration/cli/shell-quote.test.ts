import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellQuote } from '../../../src/cli/output/shell-quote.js';

test.each(['plain.mkv', "it's", 'a b', '$(x)`y`', 'line\nbreak', "both'\n\\'", '비', '%d', '-x'])(
  'a shell reads the quoted %j back as it was',
  (word) => {
    const read = execFileSync('bash', ['-c', `printf %s ${shellQuote(word)}`], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(read.toString()).toBe(word);
  },
);
