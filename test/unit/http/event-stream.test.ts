import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Bus } from '../../../src/daemon/bus.js';
import { EventFeed } from '../../../src/daemon/http/events/feed.js';
import { formFor } from '../../../src/daemon/http/events/form.js';
import { eventStream, type Listening } from '../../../src/daemon/http/events/listener.js';
import { Seats } from '../../../src/daemon/http/events/seats.js';
import type { StoredEvent } from '../../../src/daemon/store/events.js';
import { jobViewOf } from '../../support/job-view.js';

/** A database of events that counts how often it is asked. */
function fixture() {
  const bus = new Bus();
  const stored: StoredEvent[] = [];
  let reads = 0;
  const page = (events: StoredEvent[], limit = 1000) => {
    reads += 1;
    return events.slice(0, limit);
  };
  const feed = new EventFeed(
    {
      lastId: () => stored.at(-1)?.id ?? 0,
      after: (id, limit) =>
        page(
          stored.filter((event) => event.id > id),
          limit,
        ),
      ofJob: (jobId, id, limit) =>
        page(
          stored.filter((event) => event.jobId === jobId && event.id > (id ?? 0)),
          limit,
        ),
    },
    bus,
  );
  return {
    feed,
    reads: () => reads,
    add: (jobId = 'a', count = 1): void => {
      for (let n = 0; n < count; n++) {
        const id = stored.length + 1;
        const data = jobViewOf(jobId);
        stored.push({ id, jobId, owner: 'local', type: 'job.changed', data, at: 1 });
      }
      bus.emit('event');
    },
    listen: (given: Partial<Listening> = {}): ReadableStream<Uint8Array> =>
      eventStream({
        feed,
        form: formFor('application/x-ndjson', false),
        from: 0,
        opening: '',
        isFor: () => true,
        isOver: () => false,
        mayGoOn: () => Promise.resolve(true),
        timing: { heartbeatMs: 60_000, patience: 2 },
        clock: { now: () => 0 },
        cutOff: () => undefined,
        onEnd: () => undefined,
        ...given,
      }),
  };
}

/** The ids of events, until there are so many. */
async function idsFrom(stream: ReadableStream<Uint8Array>, count: number): Promise<number[]> {
  const reader = stream.getReader();
  const ids: number[] = [];
  let text = '';
  while (ids.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += Buffer.from(value).toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const { id, type } = JSON.parse(line) as { id: number; type: string };
      if (type !== 'heartbeat') ids.push(id);
    }
  }
  await reader.cancel();
  return ids;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('an event stream', () => {
  test('catches up with any number of events, then follows, without gap or repetition', async () => {
    const { add, listen } = fixture();
    add('a', 1500);
    const ids = idsFrom(listen({ from: 100 }), 2000);
    for (let n = 0; n < 600; n++) {
      add();
      if (n % 50 === 0) await pause(1);
    }
    expect(await ids).toEqual(numbers(101, 2100));
  });

  test('of one job skips the others, however many there are', async () => {
    const { add, listen } = fixture();
    for (let n = 0; n < 300; n++) add(n % 100 === 0 ? 'mine' : 'other');
    const stream = listen({ jobId: 'mine', isFor: ({ jobId }) => jobId === 'mine' });
    const ids = idsFrom(stream, 4);
    add('other', 700);
    add('mine');
    expect(await ids).toEqual([1, 101, 201, 1001]);
  });

  test('of those who may see little passes over what they may not', async () => {
    const { add, listen } = fixture();
    const ids = idsFrom(listen({ isFor: ({ id }) => id % 1000 === 0 }), 2);
    add('a', 2000);
    expect(await ids).toEqual([1000, 2000]);
  });

  test('200 of them cost the database one read an event', async () => {
    const { add, listen, reads, feed } = fixture();
    const all = Array.from({ length: 200 }, () => idsFrom(listen(), 20));
    const before = reads();
    for (let n = 0; n < 20; n++) {
      add();
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const ids of await Promise.all(all)) expect(ids).toEqual(numbers(1, 20));
    expect(reads() - before).toBeLessThanOrEqual(41);
    expect(feed.size).toBe(0);
  });

  test('nobody listens: nothing is read', () => {
    const { add, reads } = fixture();
    add('a', 10);
    expect(reads()).toBe(0);
  });

  test('a reader that does not read is cut off, and holds nothing meanwhile', async () => {
    const { add, listen, feed } = fixture();
    const cutOff = new Promise<void>((resolve) =>
      listen({ timing: { heartbeatMs: 5, patience: 3 }, cutOff: resolve }),
    );
    add('a', 5000);
    await cutOff;
    expect(feed.size).toBe(0);
  });

  test('a reader whose credential ended hears nothing more', async () => {
    const { add, listen } = fixture();
    const timing = { heartbeatMs: 5, patience: 100 };
    const ids = idsFrom(listen({ timing, mayGoOn: () => Promise.resolve(false) }), 1000);
    add();
    expect((await ids).length).toBeLessThanOrEqual(1);
  });

  test('ends at once when the daemon stops, also for those who come later', async () => {
    const { add, listen, feed } = fixture();
    const before = idsFrom(listen(), 1000);
    add();
    await new Promise((resolve) => setImmediate(resolve));
    feed.close();
    expect(await before).toEqual([1]);
    expect(await idsFrom(listen(), 1000)).toEqual([]);
  });
});

test('seats are limited in all and for each viewer, and given back', () => {
  const seats = new Seats({ inAll: 3, ofOneViewer: 2 });
  const [first] = [seats.take('a'), seats.take('a')];
  expect(() => seats.take('a')).toThrow(expect.objectContaining({ code: 'RATE_LIMIT_EXCEEDED' }));
  seats.take('b');
  expect(() => seats.take('c')).toThrow(expect.objectContaining({ code: 'SERVER_BUSY' }));
  first();
  seats.take('c');
});
