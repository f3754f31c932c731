import { quoted, tag, yesOrNo } from './attributes.js';
import { bitRatesOf, type BitRates, type Measured } from './bit-rates.js';
import { iFrameTag } from './i-frame-tag.js';
import { playlistUri } from './playlist-uris.js';
import { defaultOf, type Picture, type Presentation, type Sound } from './presentation.js';
import { soundGroups, type SoundGroup } from './sound-groups.js';
import { languageOf, selectableTracks, trackNames } from './track-names.js';

const subtitleGroup = 'subtitles';
/** RFC 8216 §4.3.4.1: what a subtitle rendition for the deaf and hard of hearing is marked with. */
const forTheDeaf =
  'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound';
const silence: BitRates = { peak: 0, average: 0 };

/**
 * The master playlist, complete from the moment of the plan; URIs are relative to it.
 * `measured` has what is known of those renditions that are complete, by id: their bit rates are
 * measured, the others' are upper bounds. Their I-frames can be asked for: see
 * docs/decisions/0046-i-frames.md.
 */
export function masterPlaylist(
  presentation: Presentation,
  measured: ReadonlyMap<string, Measured>,
): string {
  const { pictures, plan } = presentation;
  const ratesOf = (rendition: Picture | Sound): BitRates =>
    bitRatesOf(measured.get(rendition.id)?.sizes, plan.boundaries, rendition.traits.bandwidthBound);
  const groups = soundGroups(presentation);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...groups.flatMap(soundTags),
    ...subtitleTags(presentation),
    ...(groups.length === 0 ? [undefined] : groups).flatMap((group) =>
      pictures.flatMap((picture) => [
        variantTag(presentation, picture, group, ratesOf),
        playlistUri(picture),
      ]),
    ),
    ...pictures.flatMap((picture) => iFrameTag(picture, measured.get(picture.id)?.iFrames, plan)),
  ];
  return `${lines.join('\n')}\n`;
}

function soundTags({ id, sounds }: SoundGroup): string[] {
  const standard = defaultOf(sounds);
  const selectable = selectableTracks(sounds, standard);
  const names = trackNames(sounds);
  return sounds.map((sound, index) =>
    tag('EXT-X-MEDIA', [
      ['TYPE', 'AUDIO'],
      ['GROUP-ID', quoted(id)],
      ['NAME', quoted(names[index])],
      ['LANGUAGE', quoted(languageOf(sound))],
      ['DEFAULT', yesOrNo(sound === standard)],
      ['AUTOSELECT', yesOrNo(selectable.has(sound))],
      ['CHANNELS', quoted(String(sound.traits.channels))],
      ['URI', quoted(playlistUri(sound))],
    ]),
  );
}

function subtitleTags({ subtitles }: Presentation): string[] {
  // Unlike sound, text need not be there: where the source names no default, none is.
  const standard = subtitles.find((subtitle) => subtitle.traits.isDefault);
  const selectable = selectableTracks(subtitles, standard);
  const names = trackNames(subtitles);
  return subtitles.map((subtitle, index) =>
    tag('EXT-X-MEDIA', [
      ['TYPE', 'SUBTITLES'],
      ['GROUP-ID', quoted(subtitleGroup)],
      ['NAME', quoted(names[index])],
      ['LANGUAGE', quoted(languageOf(subtitle))],
      ['DEFAULT', yesOrNo(subtitle === standard)],
      ['AUTOSELECT', yesOrNo(selectable.has(subtitle))],
      ['FORCED', yesOrNo(subtitle.traits.isForced)],
      ['CHARACTERISTICS', quoted(subtitle.traits.isSdh === true ? forTheDeaf : undefined)],
      ['URI', quoted(playlistUri(subtitle))],
    ]),
  );
}

function variantTag(
  { subtitles }: Presentation,
  row: Picture,
  group: SoundGroup | undefined,
  ratesOf: (rendition: Picture | Sound) => BitRates,
): string {
  const { traits } = row;
  const picture = ratesOf(row);
  const sound = loudest(group?.sounds.map(ratesOf) ?? []);
  const codecs = [traits.codecs, ...new Set(group?.sounds.map((each) => each.traits.codecs))];
  return tag('EXT-X-STREAM-INF', [
    ['BANDWIDTH', String(picture.peak + sound.peak)],
    ['AVERAGE-BANDWIDTH', sumOfAverages(picture, sound)],
    ['CODECS', quoted(codecs.join(','))],
    ['RESOLUTION', `${traits.width}x${traits.height}`],
    ['FRAME-RATE', traits.frameRate.toFixed(3)],
    ['VIDEO-RANGE', traits.videoRange ?? 'SDR'],
    ['AUDIO', quoted(group?.id)],
    ['SUBTITLES', quoted(subtitles.length > 0 ? subtitleGroup : undefined)],
  ]);
}

/** "The largest sum of peak segment bit rates of any playable combination of Renditions." */
function loudest(sounds: readonly BitRates[]): BitRates {
  return sounds.reduce((best, rates) => (rates.peak > best.peak ? rates : best), silence);
}

function sumOfAverages(picture: BitRates, sound: BitRates): string | undefined {
  if (picture.average === undefined || sound.average === undefined) return undefined;
  return String(picture.average + sound.average);
}
