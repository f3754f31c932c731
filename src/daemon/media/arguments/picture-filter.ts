import type { VideoTraits } from '../../../shared/renditions.js';

/**
 * The filter graph of an encode: picture n of the list, largest first, comes out of `[vn]`. What is more
 * than `leadSeconds` before the start is dropped: it is decoded only because decoding has to start there.
 */
export function pictureFilter(pictures: readonly VideoTraits[], leadSeconds: number): string {
  const trimmed = `[0:${pictures[0]?.stream ?? 0}]trim=start=${-leadSeconds}[t0]`;
  return `${trimmed};${scaleFilter(pictures)}`;
}

/** Cascaded: each smaller picture is made from the next larger one, not from the source. */
function scaleFilter(pictures: readonly VideoTraits[]): string {
  const stages = pictures.map((picture, index) => {
    const scale = `scale=${picture.width}:${picture.height}:flags=bicubic,setsar=1`;
    const pixels = index === 0 ? ',format=yuv420p' : '';
    const isLast = index === pictures.length - 1;
    const outputs = isLast ? `[v${index}]` : `,split=2[v${index}][t${index + 1}]`;
    return `[t${index}]${scale}${pixels}${outputs}`;
  });
  return stages.join(';');
}
