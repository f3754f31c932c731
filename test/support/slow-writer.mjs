/** Copies a file piece by piece: FROM TO PIECES PAUSE_MS, and half-way LONG_PAUSE_MS. */
import { appendFile, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const [from = '', to = '', pieces, pauseMs, longPauseMs = 0] = process.argv.slice(2);
const bytes = await readFile(from);
const size = Math.ceil(bytes.length / Number(pieces));
for (let piece = 0; piece < Number(pieces); piece++) {
  await appendFile(to, bytes.subarray(piece * size, (piece + 1) * size));
  await pause(piece === Math.floor(Number(pieces) / 2) ? Number(longPauseMs) : Number(pauseMs));
}
