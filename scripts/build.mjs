/** `npm run build`: the program and the pages into dist/. */
import { runBuild } from './setup/build.mjs';

await runBuild();
