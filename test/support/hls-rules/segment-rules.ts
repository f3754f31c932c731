/** Segments of media: RFC 8216bis 3.1.2, 3.2; Apple's authoring specification 7. */
import { av1KeyFrame, avcTypes, hevcTypes } from './coded-pictures.js';
import { playlistsOf, trackOf, type FetchedPlaylist } from './episode.js';
import { mediaFactsOf, type MediaFacts } from './media-facts.js';
import { orUnreadable, where, type Rule } from './rule.js';

const roundingSeconds = 0.0015;

interface Placed extends MediaFacts {
  readonly uri: string;
  /** Where its playlist says that it begins and ends, in seconds. */
  readonly start: number;
  readonly end: number;
}

/** A rule of what is in the segments of a rendition, in order. */
function ofMedia(
  name: string,
  check: (segments: readonly Placed[], playlist: FetchedPlaylist) => string[],
): Rule {
  return {
    name,
    check: (episode) =>
      playlistsOf(episode, 'picture', 'sound').flatMap((playlist) =>
        orUnreadable(playlist.uri, () =>
          check(placed(playlist), playlist).map((words) => `${playlist.uri} ${words}`),
        ),
      ),
  };
}

function placed(playlist: FetchedPlaylist): Placed[] {
  let end = 0;
  return playlist.segments.map((segment) => {
    const start = end;
    end += segment.duration;
    return { ...mediaFactsOf(playlist, segment), uri: segment.uri, start, end };
  });
}

/** Sound is cut at its frames, the nearest to where it should be; pictures exactly. */
function tolerance({ kind }: FetchedPlaylist, { samples }: MediaFacts, timescale: number): number {
  return roundingSeconds + (kind === 'sound' ? (samples[0]?.duration ?? 0) / timescale : 0);
}

export const segmentRules: readonly Rule[] = [
  ofMedia('every segment begins with a picture or sound that needs nothing before it', (segments) =>
    segments
      .filter(({ samples }) => samples[0]?.isSync !== true)
      .map(({ uri }) => `does not in ${uri}`),
  ),
  ofMedia(
    'which is an IDR picture of H.264, an IRAP picture of HEVC, a key frame of AV1',
    (segments, playlist) => {
      if (playlist.kind !== 'picture') return [];
      const codec = ['avc1', 'hvc1', 'av01'].find((each) => playlist.init?.bytes.includes(each));
      const isKey = {
        avc1: (data: Uint8Array) => avcTypes(data).includes(5),
        hvc1: (data: Uint8Array) => hevcTypes(data).some((type) => type >= 16 && type <= 21),
        av01: av1KeyFrame,
      }[codec ?? ''];
      if (isKey === undefined) return ['is of an unknown codec'];
      return segments
        .filter(({ samples }) => !isKey(samples[0]?.data ?? new Uint8Array()))
        .map(({ uri }) => `is not in ${uri}`);
    },
  ),
  ofMedia('decode times go on from segment to segment without gap or overlap', (segments) =>
    segments.slice(1).flatMap(({ uri, decodedFrom }, index) => {
      const gap = decodedFrom - (segments[index]?.decodedTo ?? 0);
      return where(Math.abs(gap) > roundingSeconds, `has ${gap.toFixed(6)} s before ${uri}`);
    }),
  ),
  // A source whose picture begins behind its sound: time zero is where the first of them begins.
  ofMedia(
    'what is in a segment is shown from where its playlist says, in the first one no earlier',
    (segments, playlist) =>
      segments.flatMap((segment, number) => {
        const off = segment.shownFrom - segment.start;
        const allowed = tolerance(playlist, segment, trackOf(playlist).timescale);
        const isLate = number === 0 ? segment.shownFrom >= segment.end : off > allowed;
        const words = `is off by ${off.toFixed(6)} s in ${segment.uri}`;
        return where(off < -allowed || isLate, words);
      }),
  ),
  ofMedia('a segment ends where its playlist says', (segments, playlist) =>
    segments.flatMap((segment) => {
      const off = segment.decodedTo - segment.end;
      const allowed = tolerance(playlist, segment, trackOf(playlist).timescale);
      return where(Math.abs(off) > allowed, `is off by ${off.toFixed(6)} s in ${segment.uri}`);
    }),
  ),
  ofMedia('no picture is shown twice at one time, or has no duration', (segments) => {
    const samples = segments.flatMap((segment) => segment.samples);
    const times = new Set(samples.map(({ pts }) => pts));
    return [
      ...where(times.size < samples.length, `has ${samples.length - times.size} of them`),
      ...where(
        samples.some(({ duration }) => duration <= 0),
        'has one of no duration',
      ),
    ];
  }),
];
