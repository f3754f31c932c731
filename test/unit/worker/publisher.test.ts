import { describe, expect, test } from 'vitest';
import { Publisher, type PublisherLimits } from '../../../src/daemon/worker/publisher.js';
import { initNumber, type Publication } from '../../../src/daemon/worker/task.js';

const segment = (number: number, renditionId = 'sound', size = 100): Publication => ({
  renditionId,
  number,
  bytes: Buffer.alloc(size),
});

/** A publisher whose batches are each being written until `written` is called. */
function heldPublisher(limits: PublisherLimits = {}) {
  const batches: string[] = [];
  const held: (() => void)[] = [];
  const publish = (batch: readonly Publication[]) => {
    batches.push(batch.map(({ renditionId, number }) => `${renditionId} ${number}`).join());
    return new Promise<void>((resolve) => held.push(resolve));
  };
  const written = async () => {
    held.shift()?.();
    await settled();
  };
  return { publisher: new Publisher({ publish }, limits), batches, written };
}

/** After all that can go on has gone on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What was added, in the order in which whoever adds it could go on. */
function adding(publisher: Publisher) {
  const goneOn: number[] = [];
  const add = (publication: Publication) =>
    publisher.add(publication).then(() => goneOn.push(publication.number));
  return { goneOn, add };
}

describe('the beginning', () => {
  test('is written with its init segment, and waited for', async () => {
    const { publisher, batches, written } = heldPublisher({ together: 1 });
    const { goneOn, add } = adding(publisher);
    void add(segment(initNumber));
    await settled();
    expect([goneOn, batches]).toEqual([[initNumber], []]);
    void add(segment(0));
    await settled();
    expect([goneOn, batches]).toEqual([[initNumber], ['sound -1,sound 0']]);
    void add(segment(1));
    await settled();
    expect(goneOn).toEqual([initNumber]);
    await written();
    // Not for what is written behind it.
    expect([goneOn, batches[1]]).toEqual([[initNumber, 0, 1], 'sound 1']);
  });

  test('is nothing in particular where renditions do not begin together', async () => {
    const { publisher, batches } = heldPublisher();
    await publisher.add(segment(initNumber));
    await publisher.add(segment(0));
    await settled();
    expect(batches).toEqual(['sound -1']);
  });

  test('is no more than may wait', async () => {
    const { publisher, batches } = heldPublisher({ together: 2, maxWaitingBytes: 150 });
    await publisher.add(segment(0));
    void publisher.add(segment(1));
    await settled();
    expect(batches).toEqual(['sound 0,sound 1']);
  });

  test('of several renditions is one batch', async () => {
    const { publisher, batches, written } = heldPublisher({ together: 2 });
    await publisher.add(segment(0));
    await publisher.add(segment(1));
    const { goneOn, add } = adding(publisher);
    void add(segment(0, 'picture'));
    await settled();
    expect([goneOn, batches]).toEqual([[], ['sound 0,sound 1,picture 0']]);
    await written();
    expect(goneOn).toEqual([0]);
  });

  test('does not wait for one that never begins', async () => {
    const { publisher, batches, written } = heldPublisher({ together: 2 });
    await publisher.add(segment(0, 'picture', 5_000_000));
    expect(batches).toEqual([]);
    const second = publisher.add(segment(1, 'picture', 5_000_000));
    await settled();
    expect(batches).toEqual(['picture 0,picture 1']);
    await written();
    await second;
    const other = heldPublisher({ together: 2 });
    await other.publisher.add(segment(0, 'picture'));
    const flushed = other.publisher.flush();
    await settled();
    expect(other.batches).toEqual(['picture 0']);
    await other.written();
    await flushed;
  });
});

/** One whose beginning is written. */
async function goingOn(limits: PublisherLimits = {}) {
  const held = heldPublisher(limits);
  const first = held.publisher.add(segment(0));
  await settled();
  await held.written();
  await first;
  return held;
}

test('what comes while a batch is written is the next one', async () => {
  const { publisher, batches, written } = await goingOn();
  for (let number = 1; number < 5; number++) await publisher.add(segment(number));
  await written();
  await written();
  await publisher.flush();
  expect(batches).toEqual(['sound 0', 'sound 1', 'sound 2,sound 3,sound 4']);
});

test('more than may wait holds back whoever makes it, until that is written', async () => {
  const { publisher, batches, written } = await goingOn({ maxWaitingBytes: 150 });
  const { goneOn, add } = adding(publisher);
  for (let number = 1; number < 4; number++) {
    void add(segment(number));
    await settled();
  }
  expect(goneOn).toEqual([1, 2]);
  await written();
  await written();
  expect(goneOn).toEqual([1, 2, 3]);
  expect(batches).toEqual(['sound 0', 'sound 1', 'sound 2,sound 3']);
});

test('a batch that fails comes out of every later call', async () => {
  const full = () => Promise.reject(new Error('full'));
  const publisher = new Publisher({ publish: full }, { together: 1 });
  await expect(publisher.add(segment(0))).rejects.toThrow('full');
  await expect(publisher.add(segment(1))).rejects.toThrow('full');
  await expect(publisher.flush()).rejects.toThrow('full');
});
