/** Bytes of one frame: 1536 samples at 48 kHz and 448 kbit/s, a rate that AC-3 and E-AC-3 both know. */
export const silenceBytes = 1792;

/** A few frames of silence in 5.1, as AC-3 or E-AC-3, to file descriptor 3. */
export function silenceArguments(codec: 'ac3' | 'eac3'): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=5.1', '-t', '0.1'],
    ...['-c:a', codec, '-b:a', '448000', '-f', codec, 'pipe:3'],
  ];
}
