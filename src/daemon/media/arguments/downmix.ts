/** The filters that make 2 or 6 channels of any number. */
export function mix(source: number, wanted: number): string[] {
  return wanted === 2 ? toStereo(source) : toSurround(source);
}

/**
 * Two channels of any number. A source of more is mixed so that speech stays what it was: its channel,
 * the centre, goes to both sides at -3 dB, which is the same power from two speakers as from one; the
 * sides stand 3 dB, what is behind 6 dB below their own level; the LFE is left out, as ATSC A/52 has it.
 * ffmpeg's own matrix divides all of it until no sum can overflow, which puts speech at -10.7 dB (5.1) or
 * -12.9 dB (7.1). Here a limiter holds the few peaks instead (docs/decisions/0034-sound.md).
 */
function toStereo(channels: number): string[] {
  if (channels === 1) return ['pan=stereo|c0=c0|c1=c0'];
  if (channels === 2) return ['aformat=channel_layouts=stereo'];
  return [`pan=stereo|FL=${sideMix('L')}|FR=${sideMix('R')}`];
}

/** What goes to the left or right; channels that a source has not are passed over. */
function sideMix(side: 'L' | 'R'): string {
  return `0.707*F${side}+0.707*FC+0.5*S${side}+0.5*B${side}+0.354*BC`;
}

/** 5.1 of 5.1, whose sides may be called back, and of 7.1, whose sides and back become one. */
function toSurround(channels: number): string[] {
  const front = 'FL=FL|FR=FR|FC=FC|LFE=LFE';
  if (channels <= 6) return [`pan=5.1|${front}|BL=BL+SL|BR=BR+SR`];
  return [`pan=5.1|${front}|${backMix('L')}|${backMix('R')}`];
}

function backMix(side: 'L' | 'R'): string {
  return `B${side}=0.707*B${side}+0.707*S${side}+0.5*BC`;
}
