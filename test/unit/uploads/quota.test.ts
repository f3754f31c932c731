import { describe, expect, test } from 'vitest';
import { Quota } from '../../../src/daemon/uploads/quota.js';
import { KdramaError } from '../../../src/shared/errors.js';

const mebibyte = 1024 ** 2;

function quotaOf(limit: number | undefined, used = 0): Quota {
  return new Quota({ limitOf: () => limit, usedBy: () => used });
}

const nothing = () => Promise.resolve('done');

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  return error instanceof KdramaError ? [error.code, error.details] : error;
}

describe('Quota', () => {
  test('what fits to the byte fits', async () => {
    expect(await quotaOf(100, 40).during('ann', 60, nothing)).toBe('done');
    expect(await refusal(quotaOf(100, 40).during('ann', 61, nothing))).toEqual([
      'UPLOAD_QUOTA_EXCEEDED',
      { quotaBytes: 100, usedBytes: 40, neededBytes: 61 },
    ]);
    expect(await quotaOf(undefined).during('ann', 1e15, nothing)).toBe('done');
  });

  test('those who begin at the same moment see each other, others do not', async () => {
    const quota = quotaOf(100);
    const first = quota.during('ann', 60, nothing);
    const second = quota.during('ann', 60, nothing);
    const other = quota.during('bob', 60, nothing);
    expect(await refusal(second)).toMatchObject(['UPLOAD_QUOTA_EXCEEDED', { usedBytes: 60 }]);
    expect([await first, await other]).toEqual(['done', 'done']);
    expect(await quota.during('ann', 60, nothing)).toBe('done');
  });

  test('a body of unknown length ends where the quota does', async () => {
    const quota = quotaOf(40 * mebibyte);
    let reached = 0;
    const upload = quota.during('ann', 0, (room) => {
      for (; reached < 1e12; reached += mebibyte) room.growTo(reached + mebibyte);
      return Promise.resolve();
    });
    expect(await refusal(upload)).toMatchObject(['UPLOAD_QUOTA_EXCEEDED', {}]);
    expect(reached).toBe(40 * mebibyte);
    expect(await quota.during('ann', 40 * mebibyte, nothing)).toBe('done');
  });
});
