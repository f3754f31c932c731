/** Bit rates as they are measured: RFC 8216bis 4.1, Apple's authoring specification 9.14 to 9.16. */
import {
  iFrameStreamsOf,
  mediaOf,
  variantsOf,
  type FetchedEpisode,
  type FetchedPlaylist,
} from './episode.js';
import type { Attributes } from './playlist-text.js';
import { where, type Rule } from './rule.js';

interface Rates {
  /** Of the largest run of segments that lasts 0.5 to 1.5 target durations. */
  readonly peak: number;
  /** Of the largest segment alone: no run has more, whatever a target duration is rounded to. */
  readonly highest: number;
  readonly average: number;
}

/** Bits per second. */
function measure({ segments, text }: FetchedPlaylist): Rates {
  const target = Number(/^#EXT-X-TARGETDURATION:(\d+)$/m.exec(text)?.[1]);
  let peak = 0;
  for (let from = 0; from < segments.length; from += 1) {
    for (let to = from + 1; to <= segments.length; to += 1) {
      const run = segments.slice(from, to);
      const seconds = secondsOf(run);
      if (seconds > 1.5 * target) break;
      // What is shorter than that as a whole is one run.
      if (seconds >= 0.5 * target || run.length === segments.length)
        peak = Math.max(peak, rateOf(run));
    }
  }
  const highest = Math.max(...segments.map((segment) => rateOf([segment])));
  return { peak, highest, average: rateOf(segments) };
}

/** EXTINF has six decimals: what is measured with it is as exact. */
const written = 1 - 1e-5;

type Run = FetchedPlaylist['segments'];
const secondsOf = (run: Run) => run.reduce((sum, { duration }) => sum + duration, 0);
const rateOf = (run: Run) =>
  (8 * run.reduce((sum, { bytes }) => sum + bytes.length, 0)) / secondsOf(run);

interface Rated extends Rates {
  readonly uri: string;
  readonly attributes: Attributes;
}

const silent: Rates = { peak: 0, highest: 0, average: 0 };

/** Variants with their loudest sound, and I-frame streams. */
function ratedOf(episode: FetchedEpisode): Rated[] {
  return [...variantsOf(episode), ...iFrameStreamsOf(episode)].flatMap(({ uri, attributes }) => {
    const sounds = mediaOf(episode, 'AUDIO')
      .filter((track) => track.get('GROUP-ID') === attributes.get('AUDIO'))
      .map((track) => track.get('URI'));
    const rates = (uris: readonly (string | undefined)[]) =>
      episode.playlists.filter((playlist) => uris.includes(playlist.uri)).map(measure);
    const [picture] = rates([uri]);
    const [loudest = silent] = rates(sounds).toSorted((a, b) => b.peak - a.peak);
    if (picture === undefined) return [];
    return [
      {
        ...{ uri, attributes, peak: picture.peak + loudest.peak },
        highest: picture.highest + loudest.highest,
        average: picture.average + loudest.average,
      },
    ];
  });
}

export const rateRules: readonly Rule[] = [
  {
    name: 'BANDWIDTH is no less than the peak of any run of segments, and no more than any segment has',
    check: (episode) =>
      ratedOf(episode).flatMap(({ uri, attributes, peak, highest }) => {
        const said = Number(attributes.get('BANDWIDTH'));
        const isWrong = said < peak * written || said > 1.01 * highest;
        return where(isWrong, `${uri} has ${Math.ceil(peak)}`);
      }),
  },
  {
    name: 'AVERAGE-BANDWIDTH is the average, and no more than BANDWIDTH',
    check: (episode) =>
      ratedOf(episode).flatMap(({ uri, attributes, average }) => {
        const said = Number(attributes.get('AVERAGE-BANDWIDTH'));
        return [
          ...where(Math.abs(said - average) > 0.01 * average, `${uri} has ${Math.ceil(average)}`),
          ...where(said > Number(attributes.get('BANDWIDTH')), `${uri} has more than its peak`),
        ];
      }),
  },
];
