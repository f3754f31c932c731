import { stat } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import { checkedSource } from '../jobs/running/source.js';
import type { UploadContext } from './context.js';

type Parts = Pick<UploadContext, 'store' | 'layout'>;

/** Whether the source of a video is there, as it was taken, with so many bytes. */
export async function holdsSource(
  { store, layout }: Parts,
  videoId: string,
  sizeBytes: number,
): Promise<boolean> {
  const video = store.videos.find(videoId);
  if (video?.sizeBytes !== sizeBytes) return false;
  try {
    await checkedSource(layout, video);
    return true;
  } catch (error) {
    if (error instanceof KdramaError && error.code === 'SOURCE_CHANGED') return false;
    throw error;
  }
}

/** A hard link whose other names are gone is like a copy: nobody else can change it any more. */
export async function ownSource({ store, layout }: Parts, videoId: string): Promise<void> {
  const { nlink } = await stat(layout.source(videoId));
  if (nlink === 1) store.videos.own(videoId);
}
