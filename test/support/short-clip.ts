import { makeClip } from './clips.js';

export type Picture = 'testsrc2' | 'testsrc' | 'smptebars' | 'yuvtestsrc';

/** The path of a video of 3 s that is made in no time; each picture is other content. */
export function shortClip(picture: Picture = 'testsrc2'): Promise<string> {
  return makeClip({
    ...{ seconds: 3, size: '160x90', framesPerSecond: 24, picture },
    videoOptions: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '24', '-pix_fmt', 'yuv420p'],
    audioOptions: ['-c:a', 'aac'],
    audio: [{ language: 'kor', title: 'Sound' }],
    subtitles: [],
  });
}
