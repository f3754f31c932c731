import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';
import type { MetricsView } from '../../shared/contract/index.js';

/** Every metric with its values, as they are now. */
export async function metricsView(registry: Registry): Promise<MetricsView> {
  const metrics = await registry.getMetricsAsJSON();
  return {
    metrics: metrics.map((metric) => ({
      name: metric.name,
      help: metric.help,
      type: String(metric.type),
      values: valuesOf(metric),
    })),
  };
}

function valuesOf({ name, values }: MetricObjectWithValues<MetricValue<string>>) {
  return values.map((value) => ({
    name: 'metricName' in value ? String(value.metricName) : name,
    labels: Object.fromEntries(
      Object.entries(value.labels).flatMap(([label, word]) =>
        word === undefined ? [] : [[label, word] as const],
      ),
    ),
    // JSON has no NaN: nothing was measured yet.
    value: Number.isFinite(value.value) ? value.value : null,
  }));
}
