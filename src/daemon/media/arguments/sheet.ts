import type { PictureTreatment } from '../../../shared/renditions.js';
import { inputArguments } from '../ffmpeg/input.js';
import type { Size } from '../source/shown-size.js';
import { asJpeg } from './jpeg.js';
import { inColor } from './picture-filter.js';

export interface SheetRequest {
  /** A file of key frames, each of them a tile. */
  readonly source: string;
  readonly tile: Size;
  readonly treatment: PictureTreatment;
  readonly columns: number;
  readonly rows: number;
}

/** All pictures of a file on one JPEG, row by row, to file descriptor 3. */
export function sheetArguments(request: SheetRequest): string[] {
  const { source, tile, treatment, columns, rows } = request;
  const filter = [...inColor(tile, treatment), asJpeg, `tile=${columns}x${rows}`].join(',');
  return [
    // Frames of a thread each would cost more than they bring.
    ...['-v', 'error', '-nostdin', '-threads', '1', ...inputArguments(source)],
    ...['-map', '0:v:0', '-vf', filter, '-frames:v', '1'],
    ...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe', 'pipe:3'],
  ];
}
