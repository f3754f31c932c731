import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { TaskKind } from '../../shared/states.js';
import type { TaskEnd } from '../bus.js';
import type { SegmentOutcome } from '../streaming/segment-waiter.js';

/** A request that was answered. `route` is a pattern, never an address: few values, no ids. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is counted while it happens. The registry is this daemon's own, not the process's. */
export interface Metrics {
  readonly registry: Registry;
  answered(request: AnsweredRequest): void;
  readonly taskEnded: (task: Pick<TaskEnd, 'kind' | 'outcome' | 'seconds' | 'encoding'>) => void;
  readonly segment: (outcome: SegmentOutcome) => void;
  cache(name: 'subtitles' | 'segments', isHit: boolean): void;
}

/** Up to a held answer. */
const latencyBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Looking at the event loop more often would wake an idle daemon for nothing. */
const eventLoopMonitoringPrecision = 50;

/** Which encoder a kind of task runs, unless its end says otherwise. */
const encoders: Partial<Readonly<Record<TaskKind, string>>> = {
  encode: 'libx264',
  audio: 'aac',
  copy: 'copy',
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision });
  const registers = [registry];
  const requests = new Counter({
    name: 'kdrama_http_requests_total',
    help: 'Requests that were answered',
    labelNames: ['method', 'route', 'status'] as const,
    registers,
  });
  const latency = new Histogram({
    name: 'kdrama_http_request_duration_seconds',
    help: 'From the head of a request to the head of its answer',
    labelNames: ['method', 'route'] as const,
    buckets: latencyBuckets,
    registers,
  });
  const taskSeconds = new Counter({
    name: 'kdrama_task_seconds_total',
    help: 'Seconds that tasks ran',
    labelNames: ['kind', 'encoder', 'outcome'] as const,
    registers,
  });
  const tasks = new Counter({
    name: 'kdrama_tasks_total',
    help: 'Attempts of tasks that ended',
    labelNames: ['kind', 'encoder', 'outcome'] as const,
    registers,
  });
  const segments = new Counter({
    name: 'kdrama_segment_requests_total',
    help: 'Requests for segments: ready at once, waited for, pending (503), refused',
    labelNames: ['outcome'] as const,
    registers,
  });
  const caches = new Counter({
    name: 'kdrama_cache_requests_total',
    help: 'What was asked of caches in memory',
    labelNames: ['cache', 'result'] as const,
    registers,
  });
  return {
    registry,
    answered({ method, route, status, seconds }) {
      requests.inc({ method, route, status });
      latency.observe({ method, route }, seconds);
    },
    taskEnded({ kind, outcome, seconds, encoding }) {
      const encoder = encoding?.encoder ?? encoders[kind] ?? 'none';
      const labels = { kind, encoder, outcome };
      tasks.inc(labels);
      taskSeconds.inc(labels, seconds);
    },
    segment: (outcome) => segments.inc({ outcome }),
    cache: (cache, isHit) => caches.inc({ cache, result: isHit ? 'hit' : 'miss' }),
  };
}
