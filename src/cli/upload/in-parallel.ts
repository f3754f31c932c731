/**
 * Works on what `items` yields, at most `limit` at once; nothing is read before a place is free, so
 * that memory stays bounded. After the first failure no more is begun; it is thrown when the rest
 * has stopped.
 */
export async function inParallel<T>(
  limit: number,
  items: AsyncGenerator<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  async function lane(): Promise<void> {
    while (failures.length === 0) {
      const next = await items.next();
      if (next.done === true) return;
      await work(next.value);
    }
  }
  const lanes = Array.from({ length: limit }, () =>
    lane().catch((error: unknown) => void failures.push(error)),
  );
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
}
