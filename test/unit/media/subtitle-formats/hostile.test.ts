import { expect, it } from 'vitest';
import { formatOf, readTracks } from '../../../../src/daemon/media/subtitle-formats/read-tracks.js';
import { writeWebVtt } from '../../../../src/daemon/media/subtitle-formats/write-webvtt.js';

const heads = [
  ...['<SAMI><SYNC Start=1><P>', '<SAMI><SYNC Start=1><P class=', '<SAMI><SYNC start='],
  ...['<SAMI><STYLE>', '[Events]\nDialogue: ,0:00:01.00', '[V4+ Styles]\nStyle: '],
  ...['', '0:0->\n', '00:00:01,000 --> 00:00:02,000\n', 'WEBVTT\n\n00:01.000 --> 00:02.000\n'],
];
const fillers = [
  ...['<', '<b ', '<b.', '<a b=', '<a b= ', '<!--', '<sync ', '<p class= ', '&', '{\\', '{\\r'],
  ...[
    ' ',
    '\n',
    '.a{',
    '.123{name:k}',
    ',',
    '\\N',
    '\r',
    '\\h',
    '0:0:0',
    '00:00:01,000 --> 00:00:01,000\n',
  ],
];

/** A tenth of what an upload may have; read at each place from the start again it would take hours. */
it.each(heads)('a file made to be slow is read like any other: %j', (head) => {
  const started = performance.now();
  for (const filler of fillers) {
    const text = head + filler.repeat(1_000_000 / filler.length);
    for (const { cues } of readTracks(text, formatOf(text) ?? 'srt')) writeWebVtt(cues);
  }
  expect(performance.now() - started).toBeLessThan(30_000);
});
