import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const daemon = join(import.meta.dirname, '../../../src/daemon');

/** Each folder may import those before it; what lies beside them may import all. */
const orders = {
  media: [
    ...['ffmpeg', 'codecs', 'fmp4', 'container', 'source', 'text-encoding', 'subtitle-formats'],
    ...['arguments', 'frames', 'segments', 'tools', 'encoders', 'plan', 'seekable'],
  ],
  jobs: [
    ...['states', 'context', 'views', 'ended', 'progress', 'running', 'viewers', 'upkeep'],
    ...['commands'],
  ],
};

test.each(Object.entries(orders))('the folders of %s/ point one way', (part, order) => {
  const directories = readdirSync(join(daemon, part), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(directories.toSorted()).toEqual(order.toSorted());
  const upward = order.flatMap((folder, rank) =>
    readdirSync(join(daemon, part, folder)).flatMap((file) =>
      siblingsIn(join(daemon, part, folder, file))
        .filter((other) => order.indexOf(other) >= rank)
        .map((other) => `${folder}/${file} imports ${other}/`),
    ),
  );
  expect(upward).toEqual([]);
});

/** The folders beside its own that a file imports from. */
function siblingsIn(path: string): string[] {
  const code = readFileSync(path, 'utf8');
  return [...code.matchAll(/ from '\.\.\/([^./]+)\//g)].map(([, folder = '']) => folder);
}
