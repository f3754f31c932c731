import { basename, resolve } from 'node:path';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples, type Example } from '../help/examples.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { subtitleTable } from '../output/subtitle-text.js';
import { printTable } from '../output/table.js';
import { readSubtitleFile } from '../subtitle/read-subtitle-file.js';

interface AddOptions extends CommonOptions {
  readonly language?: string;
  readonly encoding?: string;
  readonly label?: string;
  readonly forced: boolean;
  readonly sdh: boolean;
}

export const defineSubtitle: Define = (command, choose) => {
  const sub = (words: string, about: string, ...examples: Example[]) =>
    withExamples(withCommonOptions(command.command(words).description(about)), ...examples);
  withExamples(command, ['kdrama subtitle add VIDEO Rain.E01.ko.smi', 'one that came later']);
  sub(
    'add <video> <file>',
    'add a subtitle file (.srt .ass .ssa .vtt .smi .sami) to an episode',
    ['kdrama subtitle add VIDEO Rain.E01.ko.smi', 'languages and encoding are found out'],
    ['kdrama subtitle add VIDEO a.srt --language ko --encoding cp949', 'or said'],
  )
    .option('--language <language>', 'ko, kor or Korean, instead of what its name says')
    .option('--encoding <encoding>', 'cp949, shift_jis, gb18030, … instead of a guess')
    .option('--label <words>', 'what menus call it')
    .option('--forced', 'only what everybody has to read', false)
    .option('--sdh', 'for the deaf and hard of hearing', false)
    .action((video: string, file: string, options: AddOptions) =>
      choose(options, (deps) => runSubtitleAdd(video, file, options, deps)),
    );
  sub('list <video>', 'list the subtitles of an episode', [
    'kdrama subtitle list VIDEO',
    'inside its file and beside it',
  ]).action((video: string, options: CommonOptions) =>
    choose(options, (deps) => runSubtitleList(video, options, deps)),
  );
  sub('remove <video> <subtitle>', 'take a subtitle file away again', [
    'kdrama subtitle remove VIDEO SUBTITLE',
    'by its id in "kdrama subtitle list"',
  ]).action((video: string, subtitle: string, options: CommonOptions) =>
    choose(options, (deps) => runSubtitleRemove(video, subtitle, options, deps)),
  );
};

/** Prints the id of the subtitle file, in the video from now on. */
export async function runSubtitleAdd(
  video: string,
  file: string,
  options: AddOptions,
  deps: Deps,
): Promise<ExitCode> {
  const bytes = await readSubtitleFile(resolve(deps.cwd, file));
  const { api } = await connect(deps);
  const { language, encoding, label, forced, sdh } = options;
  const { id } = await api.video(video);
  const answer = await api.attachSubtitle(
    id,
    {
      filename: basename(file),
      ...(language !== undefined && { language }),
      ...(encoding !== undefined && { encoding }),
      ...(label !== undefined && { label }),
      ...(forced && { forced: 'true' }),
      ...(sdh && { sdh: 'true' }),
    },
    bytes,
  );
  const { subtitle, created, replaced } = answer;
  if (options.json) printJson(deps, answer);
  else printLine(deps, subtitle.id ?? '');
  if (!options.json && !options.quiet) {
    const tracks = subtitle.tracks.map(({ label: name, cues }) => `${name}, ${cues} texts`);
    const encoded = subtitle.encoding ?? '';
    const fate = created
      ? replaced.map((earlier) => `, in place of ${earlier}`).join('')
      : ': was there';
    sayLine(deps, `${tracks.join(' · ')} (${encoded})${fate}`);
  }
  return exitCodes.ok;
}

export async function runSubtitleList(
  video: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const subtitles = await api.subtitles(video);
  if (options.json) subtitles.forEach((subtitle) => printJson(deps, subtitle));
  else if (options.quiet) subtitles.forEach(({ id }) => id !== null && printLine(deps, id));
  else if (subtitles.length > 0) printTable(deps.stdout, subtitleTable(subtitles));
  else sayLine(deps, 'It has no subtitles. Add some: kdrama subtitle add VIDEO FILE');
  return exitCodes.ok;
}

export async function runSubtitleRemove(
  video: string,
  subtitle: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { id } = await api.video(video);
  await api.removeSubtitle(id, subtitle);
  if (options.json) printJson(deps, { videoId: id, subtitleId: subtitle, removed: true });
  else printLine(deps, subtitle);
  return exitCodes.ok;
}
