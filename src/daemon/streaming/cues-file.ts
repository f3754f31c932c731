import { join } from 'node:path';
import { subtitleFileName } from '../layout.js';
import type { Rendition } from '../store/renditions.js';
import { attachedPath, isAttached } from '../subtitles/renditions.js';
import type { Streaming } from './streaming.js';

/**
 * The path of the WebVTT of a subtitle rendition. What came beside the video is there; what is inside it is
 * published as number 0 and waited for. Throws as `waitForSegment` does.
 */
export async function cuesFile(
  { layout, waitForSegment }: Pick<Streaming, 'layout' | 'waitForSegment'>,
  videoId: string,
  rendition: Rendition,
  signal: AbortSignal,
): Promise<string> {
  if (isAttached(rendition)) return attachedPath(layout, videoId, rendition);
  await waitForSegment({ videoId, renditionId: rendition.id, number: 0 }, signal);
  const { planId, name, version } = rendition;
  return join(layout.rendition(videoId, planId, name, version), subtitleFileName);
}
