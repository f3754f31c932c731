import { readTags } from './tags.js';

/** Captures of broadcasts; a film may be one, but bears its year there. */
const capture = /(?<![a-z0-9])(?:HDTV|PDTV|SDTV|DSR)(?![a-z0-9])/i;

const numbers: readonly RegExp[] = [
  // The.Series.Part.2.DSR
  /(?<=[ ._-])part[ ._]{0,2}(?<first>\d{1,2})(?!\d)/gi,
  // the.series.103.hdtv: 480, 576 and 720 are lines of a picture
  /(?<=[a-z0-9][ ._])(?!480|576|720)(?<season>[1-9])(?<first>0[1-9]|[1-9]\d)(?![a-z0-9])/gi,
];

/**
 * Plain numbers that are an episode's only in the capture of a broadcast, right before its tags: a
 * film, a Korean series (`프로듀스 101`) or a clip may be called so.
 */
export function captureNumber(text: string): RegExpExecArray | undefined {
  return numbers
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .find(({ 0: match, index }) => {
      const end = index + match.length;
      const { start } = readTags(text, end);
      const isLast = /^[ ._([-]*$/.test(text.slice(end, start)) && capture.test(text.slice(start));
      return isLast && !/[가-힣]/.test(text.slice(0, index));
    });
}
