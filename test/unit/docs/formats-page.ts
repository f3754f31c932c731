import { readFileSync } from 'node:fs';

/** docs/formats.md: what goes in, what comes out, and the files that this was tried with. */
export function formatsPage(): string {
  return [
    '# Which episodes, and what is made of them',
    '<!-- The table is made from test/slow/odd-files.tsv: npx vitest run --project unit test/unit/docs -u -->',
    prose,
    '## Tried files',
    tried,
    [head, ...rows()].join('\n'),
  ].join('\n\n');
}

function rows(): string[] {
  const text = readFileSync(new URL('../../slow/odd-files.tsv', import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file, outcome, picture, method, sounds, subtitles, beside, because] = line.split('\t');
      const copy = beside === '-' ? '' : `; \`${beside}\``;
      const made = method === '-' ? '' : `${picture}, ${method}${copy}`;
      const cells = [`\`${file}\``, outcome, made, sounds, subtitles, because];
      return `| ${cells.map((cell) => (cell === '-' ? '' : cell)).join(' | ')} |`;
    });
}

const tried = `
Each of these, from the test assets of androidx/media, goes through upload to its end in \`npm run test:slow\` where they are at
hand. Every rendition of a *ready* one has the frames that a decoder shows of the source, each at its time. What was expected
was written down before they were run.
`;

const head = `| file | outcome | picture | sounds | texts | what it is |
| --- | --- | --- | --- | --- | --- |`;

const prose = `
**Containers**: MP4, MOV, M4V, 3GP, Matroska, WebM, MPEG-TS and M2TS, MPEG-PS, AVI, FLV, Ogg, ASF/WMV, by what is in the file,
not by its name; fragmented or not. **Pictures**: H.264, HEVC, AV1, VP8, VP9, MPEG-1, MPEG-2, MPEG-4 (also of DivX 3), H.263, VC-1,
WMV, Theora, VP6, Motion JPEG, ProRes, DV. What is on none of these lists is refused (\`UPLOAD_INVALID_FORMAT\`): \`src/daemon/media/ffmpeg/input.ts\`.

**Copied or encoded.** The picture is copied, not encoded, where every player takes it as it is: H.264 Baseline, Main or High, 8 bit
4:2:0, upright, square pixels, progressive, SDR, up to 20 Mbit/s, an IDR picture at every boundary. \`kdrama show\` and
\`kdrama status\` say which it was and name every reason. Each segment of a copy is compared with what the source shows there; a copy that
does not come out after three tries is encoded instead (\`docs/decisions/0055-encoded-instead.md\`).

**HEVC and AV1 as they are.** HEVC Main and Main 10, AV1 Main are encoded for every player, and offered as they are, too, to those that
take them: \`1080p-hevc\`, \`2160p-av1\`, at the source's own size, bit for bit, HDR as HDR. They have to be upright, with square pixels,
progressive, with key pictures that nothing reaches across (IDR; CRA that no picture leads; AV1 key frames that are shown at once), no
further apart than twice the length of a segment, one set of parameters, up to 20 Mbit/s (40 above 1080p). Dolby Vision of profile 8 plays as its HDR10 or HLG; of 5 and 7
there is no such copy.

**HEVC and AV1 on request.** \`720p-hevc\` or \`1080p-av1=2M\` among the resolutions is encoded besides (x265, SVT-AV1; 8 bit, SDR), with 0.6 of
the ceiling that the size has in H.264, for players that take it; H.264 stays what all others get. Where this ffmpeg cannot encode it,
it is left out, and \`kdrama show\` says so: \`docs/decisions/0050-hevc-and-av1-rungs.md\`.

| the source has | then |
| --- | --- |
| interlaced pictures, also in fields by themselves | deinterlaced (bwdif), one frame for each frame |
| wide pixels | scaled to square ones |
| a turned or mirrored picture | upright, as a player would show it |
| 10 bit, 4:2:2, 4:4:4, RGB | 8 bit 4:2:0, limited range, its colours kept and named |
| full range | limited range where it is encoded; a copy is what it was, and says so |
| sound that goes on behind the picture | a second of it; said where it is more, and the source is kept |
| words that are not in UTF-8 | read in the encoding that they are in, line by line where they are mixed |
| HDR10, HLG, or BT.2020 | brought down to BT.709 (zscale and tonemap); pale, and said so, where this ffmpeg lacks them |
| Dolby Vision over HDR10, HLG or SDR | as that; profile 5 has no such layer, and its colours cannot be converted: said so |
| nothing that says what its colours are | BT.709 from 720 lines on, BT.601 below, as players guess |
| several pictures | the one that is marked, has frames, and is the largest; never a cover |
| several programmes (a whole transport stream) | the one that the picture is of |
| edit lists, as of a clip trimmed on a phone | what they show, at the times that they give; encoded where they leave out more than the last frames |
| parts that overlap where they were joined | every picture that has a time of its own; encoded |
| a duration in its header | is not believed: the frames are counted |
| less in it than it says | refused, where it counts frames or bytes (MP4, Matroska, AVI, WMV, FLV); a stream is what is there |
`;
