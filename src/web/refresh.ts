const intervalMs = 2_000;

interface Refreshed<T> {
  readonly load: () => Promise<T>;
  /** Shows what was loaded. Returns whether there is more to come. */
  readonly show: (loaded: T) => boolean | Promise<boolean>;
  /** Returns whether to ask again nevertheless. */
  readonly fail: (error: unknown) => boolean;
}

/**
 * Loads and shows now, every 2 s for as long as there is more to come, and whenever the page is
 * looked at again. A page that nobody sees asks nothing. Returns what ends it.
 */
export function keepFresh<T>({ load, show, fail }: Refreshed<T>): () => void {
  const ended = new AbortController();
  let timer: number | undefined;
  let isLoading = false;

  async function refresh(): Promise<void> {
    if (isLoading || document.hidden) return;
    isLoading = true;
    clearTimeout(timer);
    const goOn = await once().finally(() => (isLoading = false));
    if (goOn && !ended.signal.aborted) timer = setTimeout(() => void refresh(), intervalMs);
  }

  /** An answer that arrives after the end belongs to nobody. */
  async function once(): Promise<boolean> {
    try {
      const loaded = await load();
      return !ended.signal.aborted && (await show(loaded));
    } catch (error) {
      return !ended.signal.aborted && fail(error);
    }
  }

  document.addEventListener('visibilitychange', () => void refresh(), ended);
  void refresh();
  return () => {
    ended.abort();
    clearTimeout(timer);
  };
}
