import { describe, expect, test } from 'vitest';
import { makeClip } from '../../support/clips.js';
import { standInNvenc, worksHere } from '../../support/stand-in-ffmpeg.js';
import { ffmpeg as run, shownTimes, workOn } from '../../support/worker-bench.js';

/** Three segments, all to be encoded. */
function clip(): Promise<string> {
  return makeClip({
    ...{ seconds: 15, size: '320x180', framesPerSecond: 24, picture: 'testsrc2' },
    ...{ videoOptions: ['-c:v', 'mpeg4', '-g', '24', '-bf', '2'], audioOptions: [] },
    ...{ audio: [], subtitles: [] },
  });
}

async function work(faults: string, of = worksHere()) {
  const source = await clip();
  const limits = { ffmpeg: standInNvenc(faults), stallMs: 2400 };
  return workOn(source, limits, { encoder: 'nvenc', hardware: of });
}

const failsWith = (when: string, words: string) =>
  `case "$*" in ${when}) echo '[h264_nvenc @ 0x55] ${words}' >&2; exit 1;; esac`;

describe('a chunk that hardware is to make', () => {
  test('is made by it: every frame, decodable under the init segment of another chunk', async () => {
    const bench = await work('');
    const made = { encoder: 'h264_nvenc', hwaccel: 'cuda', failures: [] };
    expect(await bench.run('encode', ['360p'], 1, 1)).toEqual({ kind: 'done', encoding: made });
    const cpu = await workOn(await clip());
    // The init segment and the first segment are x264's.
    await cpu.run('encode', ['360p'], 0, 1);
    bench.published.set('360p', [
      ...(cpu.published.get('360p') ?? []),
      ...(bench.published.get('360p') ?? []).filter(({ number }) => number === 1),
    ]);
    const joined = await bench.joined('360p');
    const times = await shownTimes(joined);
    const source = (await shownTimes(await clip())).slice(0, times.length);
    expect(times.length).toBeGreaterThan(200);
    expect(times.map((time) => time.toFixed(2))).toEqual(source.map((time) => time.toFixed(2)));
    // Decoded without an error: parameter sets are in band.
    await run('-xerror', '-i', joined, '-f', 'null', '-');
    await Promise.all([bench.close(), cpu.close()]);
  });

  test('is decoded by the CPU where hardware cannot decode', async () => {
    const bench = await work(failsWith('*hwaccel*', 'no decoder surfaces left'));
    expect(await bench.run('encode', ['360p'], 0, 1)).toEqual({
      kind: 'done',
      encoding: {
        ...{ encoder: 'h264_nvenc', hwaccel: null },
        failures: [{ part: 'cuda', reason: 'no decoder surfaces left' }],
      },
    });
    await bench.close();
  });

  test.each([
    [
      'fails at its start',
      failsWith('*nvenc*', 'OpenEncodeSessionEx failed'),
      'OpenEncodeSessionEx failed',
    ],
    [
      'hangs',
      `case "$*" in *nvenc*) while :; do echo out_time_us=40000; sleep 0.1; done;; esac`,
      'its output stood still for 2.4 s, 0.0 s into its work, so it was ended',
    ],
    [
      'drops frames',
      `case "$*" in *nvenc*) set -- "$@" ; for word; do case "$word" in trim=*|*trim=start*) word=$(printf %s "$word" | sed "s/trim=start/select='mod(n,5)',trim=start/");; esac; set -- "$@" "$word"; shift; done;; esac`,
      /frames expected/,
    ],
  ])('is made by the CPU where the encoder %s', async (_, faults, reason) => {
    const bench = await work(faults);
    const done = await bench.run('encode', ['360p'], 0, 1);
    expect(done).toMatchObject({ encoding: { encoder: 'libx264', hwaccel: null } });
    const failures = (done.kind === 'done' && done.encoding?.failures) || [];
    expect(failures.map(({ part }) => part)).toEqual(['h264_nvenc', 'h264_nvenc']);
    expect(failures[0]?.reason).toMatch(reason);
    const segments = bench.published.get('360p')?.filter(({ number }) => number >= 0);
    expect(segments?.map(({ number }) => number)).toEqual([0]);
    await bench.close();
  });

  test('is not even tried by an encoder that failed three times in a row', async () => {
    const of = worksHere();
    const bench = await work(failsWith('*nvenc*', 'out of memory (10)'), of);
    for (const chunk of [0, 1, 2]) await bench.run('encode', ['360p'], chunk, 1);
    expect(of.rests.isResting('h264_nvenc')).toBe(true);
    const later = await work(`case "$*" in *nvenc*) exit 66;; esac`, of);
    expect(await later.run('encode', ['360p'], 0, 1)).toEqual({
      kind: 'done',
      encoding: {
        ...{ encoder: 'libx264', hwaccel: null },
        failures: [
          {
            part: 'h264_nvenc',
            reason: 'it rests, having failed 3 times in a row: out of memory (10)',
          },
        ],
      },
    });
    await Promise.all([bench.close(), later.close()]);
  });

  test('is no fault of the encoder when the CPU cannot make it either', async () => {
    const of = worksHere();
    const bench = await work(failsWith('*delay_moov*', 'Invalid data found'), of);
    for (let time = 0; time < 4; time++) {
      await expect(bench.run('encode', ['360p'], 0, 1)).rejects.toThrow('Invalid data found');
    }
    expect(of.rests.failures('h264_nvenc')).toBe(0);
    await bench.close();
  });
});
