import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import { stopSignal } from '../../../src/cli/stop-signal.js';
import { exitCodes } from '../../../src/shared/exit.js';

function processDouble() {
  const stderr = Object.assign(new EventEmitter(), { write: vi.fn() });
  const more = { pid: 4711, kill: vi.fn(() => true as const), stdout: new EventEmitter(), stderr };
  return Object.assign(new EventEmitter(), more);
}

let process: ReturnType<typeof processDouble>;
let signal: AbortSignal;

beforeEach(() => {
  process = processDouble();
  signal = stopSignal(process);
});

test.each([
  ['SIGINT', exitCodes.interrupted],
  ['SIGTERM', exitCodes.terminated],
])('the first %s asks to stop, and ends nothing itself', (name, exit) => {
  process.emit(name);
  expect(signal.reason).toMatchObject({ exit });
  expect(process.kill).not.toHaveBeenCalled();
  expect(process.listenerCount(name)).toBe(1);
});

test('a second Ctrl-C is left to the system, which ends the process', () => {
  process.emit('SIGINT');
  process.emit('SIGINT');
  expect(process.kill).toHaveBeenCalledExactlyOnceWith(4711, 'SIGINT');
  expect(process.listenerCount('SIGINT')).toBe(0);
});

test('a SIGTERM after a Ctrl-C ends it, too', () => {
  process.emit('SIGINT');
  process.emit('SIGTERM');
  expect(process.kill).toHaveBeenCalledExactlyOnceWith(4711, 'SIGTERM');
});

test('a reader that left stops the command without a word', () => {
  process.stdout.emit('error', Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
  expect(signal.aborted).toBe(true);
  expect(process.stderr.write).not.toHaveBeenCalled();
});
