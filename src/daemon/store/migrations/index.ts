import { start } from './0001-start.js';
import { claimOrder } from './0002-claim-order.js';
import { owners } from './0003-owners.js';
import { access } from './0004-access.js';
import { deliveries } from './0005-deliveries.js';
import { answers } from './0006-answers.js';
import { devices } from './0007-devices.js';
import { retention } from './0008-retention.js';
import { tus } from './0009-tus.js';
import { library } from './0010-library.js';
import { jobReaders } from './0011-job-readers.js';
import { replacements } from './0012-replacements.js';
import { ladder } from './0013-ladder.js';
import { policies } from './0014-policies.js';
import { watches } from './0015-watches.js';
import { subtitles } from './0016-subtitles.js';
import { encoding } from './0017-encoding.js';
import { storyboards } from './0018-storyboards.js';
import { iFrames } from './0019-i-frames.js';
import { demands } from './0020-demands.js';
import { asked } from './0021-asked.js';
import { setbacks } from './0022-setbacks.js';

/** In order, forward only. A landed migration is never edited: add the next one. */
export const migrations: readonly string[] = [
  start,
  claimOrder,
  owners,
  access,
  deliveries,
  answers,
  devices,
  retention,
  tus,
  library,
  jobReaders,
  replacements,
  ladder,
  policies,
  watches,
  subtitles,
  encoding,
  storyboards,
  iFrames,
  demands,
  asked,
  setbacks,
];
