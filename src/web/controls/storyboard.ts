/** A small picture of the video: from when it stands for it, and where it lies on its sheet. */
export interface Tile {
  readonly seconds: number;
  readonly sheetUrl: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const cue = /^(\d+):(\d{2}):(\d{2}\.\d{3}) --> .*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;

/** The pictures of a WebVTT storyboard in the order of time. Addresses in it are relative to `url`. */
export function readStoryboard(text: string, url: string): Tile[] {
  return [...text.matchAll(cue)].map((match) => {
    const [, , , , sheet = ''] = match;
    const [hours = 0, minutes = 0, seconds = 0] = match.slice(1, 4).map(Number);
    const [x = 0, y = 0, width = 0, height = 0] = match.slice(5).map(Number);
    const sheetUrl = new URL(sheet, url).href;
    return { seconds: (hours * 60 + minutes) * 60 + seconds, sheetUrl, x, y, width, height };
  });
}

/** The one that stands for a time. */
export function tileAt(tiles: readonly Tile[], seconds: number): Tile | undefined {
  return tiles.findLast((tile) => tile.seconds <= seconds) ?? tiles[0];
}
