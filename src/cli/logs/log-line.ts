import { jsonLine, safeText } from '../output/safe-text.js';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

const numbers: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

interface Entry {
  readonly level: number;
  readonly time: number;
  readonly msg: string;
  readonly err?: { readonly stack?: string; readonly message?: string };
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Whether a line is of this level or a graver one; what is no entry of the log is a crash. */
export function isAtLeast(line: string, level: LogLevel): boolean {
  const entry = entryOf(line);
  return entry === undefined || entry.level >= numbers[level];
}

/** A line for people: time, level, what happened and its facts. Times are of this computer. */
export function readableEntry(line: string): string {
  const entry = entryOf(line);
  if (entry === undefined) return safeText(line);
  const { time, level, msg, err } = entry;
  const head = `${localTime(new Date(time))} ${levelWord(level).padEnd(5)}`;
  const error = err?.stack ?? err?.message;
  return safeText([head, ...wordsOf(entry), ...(error && error !== msg ? [error] : [])].join(' '));
}

/** The entry as it was written; what is no entry becomes one, so that every line is JSON. */
export function jsonEntry(line: string): string {
  try {
    return jsonLine(JSON.parse(line));
  } catch {
    return jsonLine({ msg: line });
  }
}

/** Requests are what a log is full of: they read like a request. */
function wordsOf({ msg, facts }: Entry): string[] {
  const { method, path, status, ms, ...others } = facts;
  if (msg !== 'request') return [msg, ...pairs(facts)];
  return [`${String(status)} ${String(method)} ${String(path)} ${String(ms)} ms`, ...pairs(others)];
}

function pairs(facts: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(facts).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}=${/[\s"=]/.test(text) && typeof value === 'string' ? JSON.stringify(text) : text}`;
  });
}

function entryOf(line: string): Entry | undefined {
  try {
    const parsed = JSON.parse(line) as Record<string, unknown>;
    const { level, time, msg, err, pid: _pid, hostname: _hostname, ...facts } = parsed;
    if (typeof level !== 'number' || typeof time !== 'number') return undefined;
    const error = err as NonNullable<Entry['err']> | undefined;
    return {
      level,
      time,
      msg: typeof msg === 'string' ? msg : '',
      ...(error && { err: error }),
      facts,
    };
  } catch {
    return undefined;
  }
}

function levelWord(level: number): string {
  if (level >= 60) return 'FATAL';
  return (logLevels.findLast((name) => numbers[name] <= level) ?? 'trace').toUpperCase();
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function localTime(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
