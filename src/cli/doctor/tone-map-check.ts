import type { Check } from './check.js';

/** Whether HDR episodes keep their colours. */
export function checkToneMapping(isPossible: boolean): Check {
  const name = 'hdr';
  if (isPossible) return { name, level: 'ok', message: 'HDR can be brought down to SDR' };
  return {
    ...{ name, level: 'warn', message: 'this ffmpeg cannot tone map: HDR episodes look pale' },
    advice: 'Use an ffmpeg with the filters zscale and tonemap (built with --enable-libzimg).',
  };
}
