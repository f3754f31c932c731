import type { SubtitleView } from '../../shared/contract/index.js';
import type { SubtitleTraits, UnshownSubtitle } from '../../shared/renditions.js';
import type { Rendition } from '../store/renditions.js';
import type { StoredTrack, Subtitle } from '../store/subtitles.js';

/** A file that came beside a video, as the contract shows it. */
export function attachedView(subtitle: Subtitle): SubtitleView {
  const { id, filename, format, encoding, sizeBytes, tracks } = subtitle;
  return {
    ...{ id, origin: 'beside', kind: 'text', format, filename, encoding, sizeBytes },
    tracks: tracks.map((track) => trackView(track, track.cues)),
  };
}

/** What a plan knows of the subtitles inside its video. */
export function insideViews(
  renditions: readonly Rendition[],
  unshown: readonly UnshownSubtitle[],
): SubtitleView[] {
  const inside = { origin: 'inside', filename: null, encoding: null, sizeBytes: null } as const;
  return [
    ...renditions.filter(isSubtitle).map(({ name, traits }) => ({
      ...{ ...inside, id: name, kind: 'text' as const, format: traits.codec ?? 'text' },
      tracks: [trackView(traits, null)],
    })),
    ...unshown.map((each) => ({
      ...{ ...inside, id: null, format: each.codec, tracks: [trackView(each, null)] },
      kind: pictures.has(each.codec) ? ('picture' as const) : ('other' as const),
    })),
  ];
}

const pictures = new Set(['hdmv_pgs_subtitle', 'dvd_subtitle', 'dvb_subtitle', 'xsub']);

function isSubtitle(rendition: Rendition): rendition is Rendition<SubtitleTraits> {
  return rendition.traits.kind === 'subtitle';
}

type Said = Pick<StoredTrack, 'language' | 'label' | 'isForced'> & {
  readonly isSdh?: boolean | undefined;
};

function trackView({ language, label, isForced, isSdh = false }: Said, cues: number | null) {
  return { language, label, forced: isForced, sdh: isSdh, cues };
}
