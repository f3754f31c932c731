import { Argument } from 'commander';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { completionScripts, shells, type Shell } from '../completion/scripts.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { printJson } from '../output/say.js';

export const defineCompletion: Define = (command, choose) => {
  withExamples(
    command,
    ['eval "$(kdrama completion bash)"', 'in ~/.bashrc'],
    ['source <(kdrama completion zsh)', 'in ~/.zshrc, after compinit'],
    ['kdrama completion fish | source', 'in ~/.config/fish/config.fish'],
  )
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .action((shell: Shell, options: CommonOptions) =>
      choose(options, async (deps) => runCompletion(shell, options, deps)),
    );
};

/** Prints what a shell needs to complete commands, options, and ids of jobs and videos. */
export function runCompletion(shell: Shell, options: CommonOptions, deps: Deps): ExitCode {
  const script = completionScripts[shell];
  if (options.json) printJson(deps, { shell, script });
  else deps.stdout.write(script);
  return exitCodes.ok;
}
