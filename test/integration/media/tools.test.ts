import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTools } from '../../../src/daemon/media/tools/find-tools.js';
import { standInFfmpeg } from '../../support/stand-in-ffmpeg.js';

describe('an ffmpeg that was chosen', () => {
  const describeChosen = async (ffmpegPath: string) => {
    const [only] = await describeTools({ ffmpegPath, ffprobePath: undefined });
    return only;
  };

  it('has the ffprobe of the PATH where none is beside it', async () => {
    const ffmpeg = standInFfmpeg('');
    expect(await describeChosen(ffmpeg)).toMatchObject({ ffmpeg, ffprobe: 'ffprobe', works: true });
  });

  it('has the one that is beside it, also where that does not work', async () => {
    const ffmpeg = standInFfmpeg('');
    const ffprobe = join(dirname(ffmpeg), 'ffprobe');
    writeFileSync(ffprobe, '');
    expect(await describeChosen(ffmpeg)).toMatchObject({ ffprobe, works: false });
  });
});
