/** Small pictures of a video, many to a sheet: what a seek bar shows. */
export interface Storyboard {
  /** Names these pictures: others have another. */
  readonly version: string;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Tiles side by side on a sheet, and above each other on a full one. */
  readonly columns: number;
  readonly rows: number;
  /** When the picture of each tile is shown, ascending, in ticks from time zero; tile 0 is at 0. */
  readonly tileTicks: readonly number[];
  readonly sheetBytes: readonly number[];
}

/** Where a tile is: its sheet, and its left and upper edge there in pixels. */
export function placeOfTile(
  {
    tileWidth,
    tileHeight,
    columns,
    rows,
  }: Omit<Storyboard, 'version' | 'tileTicks' | 'sheetBytes'>,
  tile: number,
): { readonly sheet: number; readonly x: number; readonly y: number } {
  const onSheet = tile % (columns * rows);
  return {
    sheet: Math.floor(tile / (columns * rows)),
    x: (onSheet % columns) * tileWidth,
    y: Math.floor(onSheet / columns) * tileHeight,
  };
}
