import type { FragmentLoaderConstructor, HlsConfig, RetryConfig } from 'hls.js';
import { PatientLoader } from './patient-loader.js';

/** About a minute: long enough for a daemon to be restarted. Status 0 is a connection refused. */
const whileUnreachable: RetryConfig = {
  maxNumRetry: 12,
  retryDelayMs: 500,
  maxRetryDelayMs: 8_000,
  shouldRetry: (policy, count, isTimeout, response, retry) =>
    retry || (!isTimeout && response?.code === 0 && count < (policy?.maxNumRetry ?? 0)),
};

const afterTimeout: RetryConfig = { maxNumRetry: 4, retryDelayMs: 0, maxRetryDelayMs: 0 };

/** The daemon holds a request for at most 8 s; hls.js' own 10 s to the first byte are too near. */
const patient = {
  default: {
    maxTimeToFirstByteMs: 20_000,
    maxLoadTimeMs: 120_000,
    timeoutRetry: afterTimeout,
    errorRetry: whileUnreachable,
  },
};

export function hlsConfig(startSeconds: number): Partial<HlsConfig> {
  return {
    startPosition: startSeconds,
    manifestLoadPolicy: patient,
    playlistLoadPolicy: patient,
    fragLoadPolicy: patient,
    fLoader: PatientLoader as FragmentLoaderConstructor,
    // A home network carries any rendition; where it does not, the first segment shows it.
    abrEwmaDefaultEstimate: 25_000_000,
    // The test would load a first segment of the lowest quality, which may be the last one made.
    testBandwidth: false,
    // The ladder that can go down. What the source is itself (HEVC, AV1) has one size: it is asked for.
    videoPreference: { videoCodec: 'avc1', preferHDR: false },
    // fMP4 is passed through: there is nothing for a worker to do.
    enableWorker: false,
    backBufferLength: 60,
  };
}
