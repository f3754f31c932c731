import { expect, test } from 'vitest';
import { byteStream } from '../../../src/daemon/streaming/byte-stream.js';

async function* pieces(count: number, log: string[]) {
  try {
    for (let piece = 0; piece < count; piece += 1) {
      log.push(`piece ${piece}`);
      yield Uint8Array.of(piece);
    }
  } finally {
    log.push('ended');
  }
}

test('a stream gives every piece in turn and then lets go', async () => {
  const log: string[] = [];
  const stream = byteStream(pieces(3, log), async () => void log.push('released'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  expect([...bytes]).toEqual([0, 1, 2]);
  expect(log.slice(-2)).toEqual(['ended', 'released']);
});

test('a stream that is given up takes no further piece and lets go', async () => {
  const log: string[] = [];
  const stream = byteStream(pieces(100, log), async () => void log.push('released'));
  await stream.cancel();
  expect(log).toContain('released');
  expect(log).not.toContain('piece 2');
});

test('a stream that fails says why and lets go', async () => {
  const log: string[] = [];
  async function* failing() {
    yield Uint8Array.of(1);
    throw new RangeError('the file ended');
  }
  const stream = byteStream(failing(), async () => void log.push('released'));
  await expect(new Response(stream).arrayBuffer()).rejects.toThrow('the file ended');
  expect(log).toEqual(['released']);
});
