import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const media = join(import.meta.dirname, '../../../src/daemon/media');

/** Each may import those before it. */
const order = [
  ...['ffmpeg', 'codecs', 'fmp4', 'container', 'source', 'text-encoding', 'subtitle-formats'],
  ...['arguments', 'frames', 'segments', 'tools', 'encoders', 'plan', 'seekable'],
];

test('the folders of media/ are all there is in it, and point one way', () => {
  expect(readdirSync(media).toSorted()).toEqual(order.toSorted());
  const upward = order.flatMap((folder, rank) =>
    readdirSync(join(media, folder)).flatMap((file) => {
      const code = readFileSync(join(media, folder, file), 'utf8');
      const imported = [...code.matchAll(/ from '\.\.\/([^./]+)\//g)].map(
        ([, other = '']) => other,
      );
      return imported
        .filter((other) => order.indexOf(other) >= rank)
        .map((other) => `${folder}/${file} imports ${other}/`);
    }),
  );
  expect(upward).toEqual([]);
});
