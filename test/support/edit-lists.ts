/**
 * An MP4 of ffmpeg of which only [from, to) seconds are shown, as phones trim: the rest is still there, and
 * its edit lists leave it out.
 */
export function trimmed(file: Buffer, [from, to]: readonly [number, number]): Buffer {
  const copy = Buffer.from(file);
  const clockOf = (header: string, after: number) =>
    copy.readUInt32BE(copy.indexOf(header, after) + 4 + 12);
  for (let at = copy.indexOf('elst'); at !== -1; at = copy.indexOf('elst', at + 1)) {
    // A list that delays its track by a moment has an edit of nothing first.
    const edit = at + 12 + (copy.readUInt32BE(at + 8) - 1) * 12;
    const skipped = Math.round(from * clockOf('mdhd', at));
    copy.writeUInt32BE(Math.round((to - from) * clockOf('mvhd', 0)), edit);
    copy.writeUInt32BE(copy.readUInt32BE(edit + 4) + skipped, edit + 4);
  }
  return copy;
}
