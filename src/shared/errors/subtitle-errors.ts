import type { ErrorKind } from './error-kind.js';

/** Subtitle files beside a video. */
export const subtitleErrors = {
  SUBTITLE_INVALID: {
    status: 400,
    exit: 1,
    message: 'No subtitles can be read from this file',
    hint: 'Send SubRip (.srt), SubStation (.ass, .ssa), WebVTT (.vtt) or SAMI (.smi, .sami) with at least one line of text.',
  },
  SUBTITLE_ENCODING_UNKNOWN: {
    status: 400,
    exit: 1,
    message: 'The text of this subtitle file cannot be decoded',
    hint: 'Name its encoding ("kdrama subtitle add VIDEO FILE --encoding cp949"), or save it as UTF-8.',
  },
  SUBTITLE_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Subtitles not found',
    hint: '"kdrama show VIDEO" (GET /videos/:id/subtitles) lists them.',
  },
} as const satisfies Record<string, ErrorKind>;
