import { EventEmitter } from 'node:events';
import headless from '@xterm/headless';
import { expect, test } from 'vitest';
import { openPicture, type Canvas } from '../../../src/cli/ui/picture.js';
import { uploadFrame } from '../../../src/cli/ui/upload-frame.js';
import type { FileRow } from '../../../src/cli/ui/file-row.js';

/** A terminal that wraps anew what it shows when it is resized, as those of today do. */
function terminalOf(columns: number, rows: number) {
  const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const written: Promise<void>[] = [];
  const canvas = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write(text: string) {
      const lines = text.replaceAll('\n', '\r\n');
      written.push(new Promise((resolve) => screen.write(lines, resolve)));
      return true;
    },
  });
  return {
    canvas: canvas as unknown as Canvas,
    async resize(toColumns: number) {
      await Promise.all(written);
      screen.resize(toColumns, rows);
      canvas.columns = toColumns;
      canvas.emit('resize');
    },
    /** Also what has left the screen. */
    async lines(): Promise<string[]> {
      await Promise.all(written);
      const { active } = screen.buffer;
      return Array.from({ length: active.length }, (_, n) =>
        (active.getLine(n)?.translateToString(true) ?? '').trimEnd(),
      ).filter((line) => line !== '');
    },
  };
}

const rowOf = (name: string, percent: number): FileRow => ({
  ...{ name, mark: 'moving', words: 'uploading', percent },
  ...{
    facts: [`${percent}%`, '81 MB/s', '0:12 left'],
    watch: 'http://127.0.0.1:7474/#/watch/video1',
  },
});

test('keeps no ghosts when the terminal becomes narrower and wider while it is drawn', async () => {
  const terminal = terminalOf(100, 24);
  const { canvas } = terminal;
  let percent = 0;
  const frame = (size: { columns: number; lines: number }) =>
    uploadFrame({
      rows: ['one.mkv', 'two.mkv'].map((name) => rowOf(name, (percent += 1))),
      ...size,
      color: false,
    });
  canvas.write('$ kdrama upload one.mkv two.mkv\n');
  const picture = openPicture(canvas, frame);
  for (const columns of [40, 70, 30, 100]) {
    await terminal.resize(columns);
    const shown = await terminal.lines();
    expect(shown.filter((line) => line.includes('.mkv') && !line.startsWith('$'))).toHaveLength(2);
    expect(shown.filter((line) => line.includes('uploading'))).toHaveLength(2);
  }
  picture.close();
  canvas.write('done\n');
  expect((await terminal.lines()).at(-1)).toBe('done');
});
