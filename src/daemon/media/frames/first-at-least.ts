/** The index of the first value ≥ goal in an ascending list (its length when there is none). */
export function firstAtLeast(values: readonly number[], goal: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < goal) low = middle + 1;
    else high = middle;
  }
  return low;
}
