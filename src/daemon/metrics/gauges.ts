import { Counter, Gauge, type Registry } from 'prom-client';
import type { Disk } from '../disk.js';
import type { JobLoad } from '../jobs/running/load.js';

/** Where the numbers come from that are looked up only when somebody asks for them. */
export interface Sources {
  readonly load: JobLoad;
  /** Sizes in bytes. */
  readonly library: () => { videos: number; sources: number; renditions: number };
  readonly disk: () => Promise<Disk>;
  /** Of all connections since the start. */
  readonly traffic: () => { bytesIn: number; bytesOut: number; connections: number };
  /** Webhooks by what became of them. */
  readonly deliveries: () => Readonly<Record<string, number>>;
  /** Open event streams. */
  readonly listeners: () => number;
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Adds gauges that cost nothing until the metrics are read. */
export function addGauges(registry: Registry, sources: Sources): void {
  const { load, library, disk, traffic, deliveries, listeners } = sources;
  const add = (name: string, help: string, samples: () => readonly Sample[] | Promise<Sample[]>) =>
    addGauge(registry, name, help, samples);
  add('kdrama_jobs', 'Jobs by state', () => byLabel('state', load.byState()));
  add('kdrama_lane_tasks', 'Tasks by lane: how many may run, run, wait', () =>
    load
      .lanes()
      .flatMap(({ lane, ...counts }) =>
        Object.entries(counts).map(([what, count]): Sample => [{ lane, what }, count]),
      ),
  );
  add('kdrama_videos', 'Videos in the library', () => [[{}, library().videos]]);
  add('kdrama_library_bytes', 'Bytes of what was uploaded and what was made of it', () => {
    const { sources: source, renditions } = library();
    return byLabel('kind', { source, renditions });
  });
  add('kdrama_disk_bytes', 'The disk that media lies on', async () => {
    const { sizeBytes, freeBytes } = await disk();
    return byLabel('what', { size: sizeBytes, free: freeBytes, used: sizeBytes - freeBytes });
  });
  add('kdrama_http_connections', 'Open connections', () => [[{}, traffic().connections]]);
  add('kdrama_event_listeners', 'Open event streams', () => [[{}, listeners()]]);
  add('kdrama_webhook_deliveries', 'Webhooks by what became of them', () =>
    byLabel('state', deliveries()),
  );
  addTotals(registry, traffic);
}

function addTotals(registry: Registry, traffic: Sources['traffic']): void {
  const total = new Counter({
    name: 'kdrama_http_bytes_total',
    help: 'Bytes of all connections since the start',
    labelNames: ['direction'] as const,
    registers: [],
    collect() {
      const { bytesIn, bytesOut } = traffic();
      this.reset();
      this.inc({ direction: 'in' }, bytesIn);
      this.inc({ direction: 'out' }, bytesOut);
    },
  });
  registry.registerMetric(total);
}

function addGauge(
  registry: Registry,
  name: string,
  help: string,
  samples: () => readonly Sample[] | Promise<Sample[]>,
): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: ['state', 'lane', 'what', 'kind'] as const,
    registers: [],
    async collect() {
      const found = await samples();
      this.reset();
      for (const [labels, value] of found) this.set({ ...labels }, value);
    },
  });
  registry.registerMetric(gauge);
}

function byLabel(label: string, counts: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(counts).map(([word, count]) => [{ [label]: word }, count]);
}
