import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { refuseEncrypted } from '../../../src/daemon/media/source/encrypted.js';
import { element, matroska, number } from './container/matroska.js';

/** A file whose second track is encoded so: 0 compressed, 1 encrypted (RFC 9559, ContentEncodingType). */
function fileWith(contentEncodingType: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-encrypted-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'film.mkv');
  const encoding = element(0x6240, element(0x5033, number(contentEncodingType)));
  const tracks = [
    { number: 1, type: 1 },
    { number: 2, type: 2, more: element(0x6d80, encoding) },
  ];
  writeFileSync(path, matroska({ tracks, clusters: [], cues: [] }));
  return path;
}

test('a Matroska file with an encrypted track is called that', async () => {
  await expect(refuseEncrypted(fileWith(1))).rejects.toMatchObject({
    code: 'UPLOAD_INVALID_FORMAT',
    message: expect.stringContaining('the file is encrypted') as string,
  });
});

test('one with a compressed track is not', async () => {
  await expect(refuseEncrypted(fileWith(0))).resolves.toBeUndefined();
});
