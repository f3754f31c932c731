import {
  isUniversal,
  type AudioTraits,
  type RenditionTraits,
  type SubtitleTraits,
  type VideoTraits,
} from '../../shared/renditions.js';
import type { Plan } from '../store/plans.js';
import type { Rendition } from '../store/renditions.js';

export type Picture = Rendition<VideoTraits>;
export type Sound = Rendition<AudioTraits>;
export type Subtitle = Rendition<SubtitleTraits>;

/** What is offered of a video under one plan: the newest version of every rendition. */
export interface Presentation {
  readonly plan: Plan;
  /** The one that will be there first stands first: players begin with it. */
  readonly pictures: readonly Picture[];
  /** In stereo. */
  readonly sounds: readonly Sound[];
  /** The same tracks in 5.1, those that have it. */
  readonly surrounds: readonly Sound[];
  readonly subtitles: readonly Subtitle[];
}

/** Sorts the rows of a plan into what its playlists offer. */
export function presentationOf(plan: Plan, renditions: readonly Rendition[]): Presentation {
  const newest = newestVersions(renditions);
  const pictures = newest.filter((row): row is Picture => row.traits.kind === 'video');
  const first = firstThere(pictures);
  const sounds = newest.filter((row): row is Sound => row.traits.kind === 'audio');
  return {
    plan,
    pictures: pictures.toSorted((a, b) => Number(b === first) - Number(a === first)),
    sounds: sounds.filter(({ traits }) => traits.channels <= 2),
    surrounds: sounds.filter(({ traits }) => traits.channels > 2),
    subtitles: newest.filter((row): row is Subtitle => row.traits.kind === 'subtitle'),
  };
}

/** The track that plays unless someone chooses; undefined when there is none. */
export function defaultOf<Traits extends RenditionTraits & { readonly isDefault: boolean }>(
  tracks: readonly Rendition<Traits>[],
): Rendition<Traits> | undefined {
  return tracks.find((track) => track.traits.isDefault) ?? tracks[0];
}

/** The one that plays unless someone chooses stands first, what only some players take last. */
export function soundsInOrder({ sounds, surrounds }: Presentation): Sound[] {
  const first = defaultOf(sounds);
  const others = [...sounds, ...surrounds].filter((sound) => sound !== first);
  return first === undefined ? others : [first, ...others];
}

/** Width times height, to compare pictures by. */
export function pixels(picture: Picture): number {
  return picture.traits.width * picture.traits.height;
}

function newestVersions(renditions: readonly Rendition[]): Rendition[] {
  const byName = new Map<string, Rendition>();
  for (const rendition of renditions) {
    const other = byName.get(rendition.name);
    if (other === undefined || other.version < rendition.version) {
      byName.set(rendition.name, rendition);
    }
  }
  return [...byName.values()].toSorted((a, b) => a.position - b.position);
}

/** A copy takes no encoding; else the lowest is made first. Every player knows H.264. */
function firstThere(pictures: readonly Picture[]): Picture | undefined {
  const universal = pictures.filter(({ traits }) => isUniversal(traits));
  const candidates = universal.length > 0 ? universal : pictures;
  const copied = candidates.find((picture) => picture.method === 'copied');
  return copied ?? candidates.toSorted((a, b) => pixels(a) - pixels(b))[0];
}
