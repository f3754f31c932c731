import { languageName, languageTag } from '../../shared/language.js';
import { trailingName, type SubtitleName } from '../../shared/sidecars/subtitle-name.js';
import { videoOfSubtitle } from '../../shared/sidecars/subtitle-places.js';
import type { SubtitleTrack } from '../media/subtitle-formats/cue.js';
import { marked } from '../media/source/track-labels.js';
import type { StoredTrack } from '../store/subtitles.js';
import type { SubtitleFile } from './context.js';

type Said = Pick<SubtitleFile, 'filename' | 'language' | 'label' | 'isForced' | 'isSdh'>;

/**
 * What the tracks of a file are called: what somebody says goes before what its name says beside the
 * video's, and a language that the file itself gives each of its tracks before a name for all.
 */
export function describeTracks(file: Said, videoFilename: string) {
  const name = nameSays(file.filename, videoFilename);
  const language = file.language === undefined ? name.language : languageTag(file.language);
  const isForced = file.isForced ?? name.isForced;
  const isSdh = file.isSdh ?? name.isSdh;
  const marks = [...(isForced ? ['forced' as const] : []), ...(isSdh ? ['SDH' as const] : [])];
  const describe = (track: SubtitleTrack, isOnly: boolean): StoredTrack => {
    const said = file.language === undefined || !isOnly ? undefined : language;
    const tag = said ?? track.language ?? language ?? 'und';
    const label = (isOnly ? file.label : undefined) ?? languageName(tag) ?? track.label;
    return {
      ...{ language: tag, label: marked(label ?? 'Subtitles', marks) },
      ...{ isForced, isSdh, cues: track.cues.length },
    };
  };
  return {
    /** What the text is probably written in. */
    language,
    of: (tracks: readonly SubtitleTrack[]): StoredTrack[] =>
      tracks.map((track) => describe(track, tracks.length === 1)),
  };
}

function nameSays(filename: string, videoFilename: string): SubtitleName {
  const beside = videoOfSubtitle(filename, [videoFilename]);
  return beside?.says ?? trailingName(filename.slice(filename.lastIndexOf('/') + 1));
}
