import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { metadataFor } from '../../../src/cli/upload/metadata.js';
import { temporaryDirectory } from '../../support/cli-deps.js';

let cwd: string;
beforeEach(() => {
  cwd = temporaryDirectory();
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function read(name: string, content: string | Uint8Array, flags = {}) {
  writeFileSync(join(cwd, name), content);
  return metadataFor({ metadata: name, ...flags }, { cwd });
}

const all = { title: '24', series: '도깨비', season: 0, episode: 3, description: 'It rains.' };

describe('what is said of an episode in a file', () => {
  test('may be JSON, any part of it', async () => {
    expect(await read('e.json', `\ufeff${JSON.stringify(all)}`)).toEqual(all);
    expect(await read('e.json', '{}')).toEqual({});
  });

  test('may be an .nfo file of Kodi', async () => {
    const nfo = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <episodedetails>
        <title>24</title><showtitle>도깨비</showtitle><season>0</season><episode>3</episode>
        <plot><![CDATA[It rains.]]></plot>
        <actor><name>Gong Yoo</name><role><title>no title</title></role></actor>
      </episodedetails>`;
    expect(await read('e.nfo', nfo)).toEqual(all);
  });

  test('of an .nfo file with several episodes is the first, whatever stands behind', async () => {
    const nfo = `<episodedetails><title>Clone &amp; Cadets</title><plot/></episodedetails>
      <episodedetails><title>ARC Troopers</title></episodedetails>
      https://www.thetvdb.com/?tab=episode`;
    expect(await read('e.NFO', nfo)).toEqual({ title: 'Clone & Cadets' });
  });

  test('gives way to flags', async () => {
    const flags = { title: 'The Bride', episode: 4 };
    expect(await read('e.json', JSON.stringify(all), flags)).toEqual({ ...all, ...flags });
  });
});

describe('a file that says nothing usable is a usage error which names it and the reason', () => {
  test.each([
    ['e.json', '[1]', 'expected a JSON object'],
    ['e.json', 'null', 'expected a JSON object'],
    ['e.json', '{"title":', 'JSON'],
    ['e.json', '{"season":"1"}', 'expected season to be a whole number, got "1"'],
    ['e.json', '{"episode":-1}', 'expected episode to be a whole number, got -1'],
    ['e.json', '{"title":7}', 'expected title to be a string, got 7'],
    ['e.json', '{"sesaon":1}', 'got "sesaon"'],
    ['e.json', '{"__proto__":{"title":"x"}}', 'got "__proto__"'],
    ['e.json', Buffer.from([0x22, 0xff, 0x22]), 'expected UTF-8'],
    ['e.json', Buffer.alloc(1024 * 1024 + 1, 0x20), 'expected at most 1048576 bytes'],
    ['e.nfo', '<tvshow><title>Goblin</title></tvshow>', 'expected <episodedetails>, got <tvshow>'],
    ['e.nfo', 'https://www.thetvdb.com/', 'expected <episodedetails>, got none'],
    ['e.nfo', '<episodedetails><title>', 'Missing end tag'],
    ['e.nfo', '<episodedetails><season>one</season></episodedetails>', 'got "one"'],
    ['e.nfo', '</nfo><episodedetails/><nfo>', 'Extra content'],
  ])('%s with %j', async (name, content, reason) => {
    await expect(read(name, content)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      message: expect.stringContaining(`Metadata file ${name}: `),
    });
    await expect(read(name, content)).rejects.toThrow(reason);
  });

  test.each([
    [
      'entities of its own',
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><episodedetails><title>&a;</title></episodedetails>',
    ],
    [
      'files of ours',
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><episodedetails><title>&a;</title></episodedetails>',
    ],
    ['what nobody declared', '<episodedetails><title>&a;</title></episodedetails>'],
  ])('so is an .nfo file that refers to %s', async (_what, nfo) => {
    await expect(read('e.nfo', nfo)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('so is one that is not there, a folder, or a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.json')]);
    for (const metadata of ['nothing.json', '.', 'pipe.json']) {
      await expect(metadataFor({ metadata }, { cwd })).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
    }
  });
});
