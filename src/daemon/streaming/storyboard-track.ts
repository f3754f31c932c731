import { placeOfTile, type Storyboard } from '../../shared/storyboard.js';
import { webVttTime } from '../../shared/webvtt-time.js';

/**
 * WebVTT whose cues name parts of sheets as media fragments (W3C Media Fragments, `#xywh=`), in the way
 * that players know. `sheetUri` answers the address of a sheet; `endTicks` is the end of the video.
 */
export function storyboardTrack(
  storyboard: Storyboard,
  endTicks: number,
  sheetUri: (sheet: number) => string,
): string {
  const { tileTicks, tileWidth, tileHeight } = storyboard;
  const cues = tileTicks.map((start, tile) => {
    const { sheet, x, y } = placeOfTile(storyboard, tile);
    const times = [start, tileTicks[tile + 1] ?? endTicks].map(timeOf).join(' --> ');
    return `${times}\n${sheetUri(sheet)}#xywh=${x},${y},${tileWidth},${tileHeight}`;
  });
  return `${['WEBVTT', ...cues].join('\n\n')}\n`;
}

function timeOf(ticks: number): string {
  return webVttTime(Math.round(ticks / 90));
}
