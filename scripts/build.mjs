/** `npm run build`: the program and the pages into dist/. */
import { runBuild } from './setup/build.mjs';
import { say } from './setup/run-command.mjs';

try {
  await runBuild();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
