import { episodeClip, type Clip } from './clips.js';

/** Expressions of ffmpeg's geq filter; `h` of the picture's height from the top, 0 to 1. */
const h = '(Y/H)';
const horizon = 0.64;
const fromSun = '(hypot(X-W*0.64,Y-H*0.5)/H)';
const glow = `exp(-${fromSun}*4.2)`;
const hills = `(H*(${horizon}-0.035-0.11*abs(sin(X/W*2.9+2.2))-0.018*sin(X/W*17)))`;
const ripple = `(0.5+0.5*sin(110*${h}*${h}+2*sin(X/W*13)))`;
const column = `exp(-abs(X-W*0.64)/W*9)*${ripple}`;

function colour(sky: string, sun: number, hill: number, sea: string): string {
  const air = `if(lt(${fromSun},0.075),${sun},min(255,${sky}))`;
  return `if(gt(${h},${horizon}),min(255,${sea}),if(gt(Y,${hills}),${hill},${air}))`;
}

const red = colour(
  `26+150*pow(${h}/${horizon},2)+120*${glow}`,
  255,
  35,
  `26+26*${h}+175*${column}`,
);
const green = colour(`30+52*pow(${h}/${horizon},2)+85*${glow}`, 214, 30, `34+20*${h}+95*${column}`);
const blue = colour(`66+26*${h}+38*${glow}`, 162, 54, `62+22*${h}+52*${column}`);

/** The sun over a bay, drawn once: something to look at, small enough as a picture file. */
export const eveningClip: Clip = {
  ...episodeClip,
  seconds: 20,
  picture: 'color',
  effect: `,trim=end_frame=1,format=gbrp,geq=r='${red}':g='${green}':b='${blue}',loop=-1:1,setpts=N/24/TB`,
  subtitles: [
    { language: 'eng', title: 'English', lines: ['Can you hear the sea from here?'] },
    { language: 'kor', title: 'Korean', lines: ['여기서도 바다 소리가 들려?'] },
  ],
};
