import type { HealthPart } from '../../shared/contract/index.js';
import type { Disk } from '../disk.js';
import type { LaneLoad } from '../jobs/running/load.js';

/** Below this the database itself may soon not be written any more. */
const leastFreeBytes = 128 * 1024 ** 2;
/** Below this an upload of the largest default size does not fit. */
const fewFreeBytes = 4 * 1024 ** 3;

export function diskPart({ freeBytes, sizeBytes }: Disk, directory: string): HealthPart {
  const detail = `${gibibytes(freeBytes)} of ${gibibytes(sizeBytes)} free for ${directory}`;
  if (freeBytes < leastFreeBytes) return { status: 'fail', detail };
  return { status: freeBytes < fewFreeBytes ? 'warn' : 'ok', detail };
}

/** Without ffmpeg uploads are kept and what is made can be watched. */
export function ffmpegPart(mayWork: boolean): HealthPart {
  if (mayWork) return { status: 'ok' };
  return { status: 'warn', detail: 'no working ffmpeg was found: "kdrama doctor" says why' };
}

/** Always `ok`: work that waits is work, not a fault. */
export function lanesPart(lanes: readonly LaneLoad[]): HealthPart {
  const words = lanes.map(
    ({ lane, running, slots, waiting }) => `${lane}: ${running} of ${slots} run, ${waiting} wait`,
  );
  return { status: 'ok', detail: words.join('; ') };
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
