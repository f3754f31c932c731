import {
  XhrLoader,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
  type RetryConfig,
} from 'hls.js';

/**
 * A segment that is still being made is answered 503 after 8 s. That is no error: the loader asks
 * again for as long as the daemon says so (a job that ended answers otherwise), while hls.js counts
 * no failure and changes no quality.
 */
const untilMade: RetryConfig = {
  maxNumRetry: Infinity,
  retryDelayMs: 1_000,
  maxRetryDelayMs: 1_000,
  backoff: 'linear',
  shouldRetry: (_policy, _count, isTimeout, response) => !isTimeout && response?.code === 503,
};

/**
 * Time spent waiting for the first byte says how fast the encoder is, not the network. Where it
 * counted, automatic quality would fall to the lowest rendition whenever a segment is waited for.
 */
class NetworkTiming {
  first = 0;
  end = 0;
  get start(): number {
    return this.first === 0 ? performance.now() : this.first;
  }
}

/** Loads segments from a daemon that may have to make them first. */
export class PatientLoader extends XhrLoader {
  override load(
    context: LoaderContext,
    config: LoaderConfiguration,
    callbacks: LoaderCallbacks<LoaderContext>,
  ): void {
    const loadPolicy = { ...config.loadPolicy, errorRetry: untilMade };
    super.load(context, { ...config, loadPolicy }, callbacks);
    this.stats.loading = new NetworkTiming();
  }
}
