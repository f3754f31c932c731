import { extname } from 'node:path';
import { KdramaError } from '../../shared/errors.js';

export const containers = ['mp4', 'mkv'] as const;
export type Container = (typeof containers)[number];

const byExtension = new Map<string, Container>([
  ['.mp4', 'mp4'],
  ['.m4v', 'mp4'],
  ['.mkv', 'mkv'],
]);

/** What a file is by its name; `-` is an MP4. Throws COMMAND_INVALID for a name of something else. */
export function containerOf(file: string): Container {
  const container = file === '-' ? 'mp4' : byExtension.get(extname(file).toLowerCase());
  if (container !== undefined) return container;
  throw new KdramaError('COMMAND_INVALID', `${file} is no name of an MP4 or Matroska file`, {
    hint: 'End it in .mp4 or .mkv, or say --container mp4 or --container mkv.',
  });
}
