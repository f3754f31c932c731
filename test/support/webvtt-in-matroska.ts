import { readElement, readElements, type Element } from '../../src/daemon/media/container/ebml.js';

const ids = { tracks: 0x1654ae6b, track: 0xae, codec: 0x86, head: 0x63a2 };

/**
 * A Matroska file of ffmpeg with one SubRip track (`-live 1`: no index names places in it), whose texts are said to
 * be WebVTT as mkvmerge writes it: both are the bare text, in a block for each cue.
 */
export function asWebVttInBlocks(file: Buffer): Buffer {
  const segment = readElement(file, readElement(file, 0)?.end ?? 0);
  const tracks = readElements(file, segment?.body).find(({ id }) => id === ids.tracks);
  if (tracks === undefined) throw new Error('no tracks');
  const entries = readElements(file, tracks.body, tracks.end).map((track) => {
    const parts = readElements(file, track.body, track.end);
    const isText = parts.some((part) => textOf(file, part) === 'S_TEXT/UTF8');
    const kept = parts.filter(({ id }) => !isText || id !== ids.codec);
    const said = isText
      ? [element(ids.codec, Buffer.from('S_TEXT/WEBVTT')), element(ids.head, Buffer.from('WEBVTT'))]
      : [];
    const all = [...kept.map(({ start, end }) => file.subarray(start, end)), ...said];
    return track.id === ids.track
      ? element(ids.track, Buffer.concat(all))
      : file.subarray(track.start, track.end);
  });
  return Buffer.concat([
    file.subarray(0, tracks.start),
    element(ids.tracks, Buffer.concat(entries)),
    file.subarray(tracks.end),
  ]);
}

function textOf(file: Buffer, { id, body, end }: Element): string | undefined {
  return id === ids.codec ? file.toString('latin1', body, end) : undefined;
}

function element(id: number, body: Buffer): Buffer {
  const head = id.toString(16);
  const size = Buffer.alloc(8);
  size.writeUInt32BE(body.length, 4);
  size[0] = 0x01;
  return Buffer.concat([Buffer.from(head, 'hex'), size, body]);
}
