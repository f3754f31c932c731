/**
 * Bundles the compiled command line, with commander, into the one file that bin/kdrama loads. Forty
 * small ES modules double the time that `kdrama status` takes; one CommonJS file costs a quarter.
 * What is imported late stays outside and late: the daemon, the live view, execa, got, the XML parser, what
 * checks settings.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const target = fileURLToPath(new URL('../dist/cli/', import.meta.url));

/** Paths of late imports, as seen from the bundle instead of from the module that names them. */
const fromBundle = {
  name: 'from-bundle',
  /** @param {import('esbuild').PluginBuild} steps */
  setup(steps) {
    steps.onResolve({ filter: /^\.\.\/\.\.\/daemon\// }, ({ path }) => ({
      path: path.replace('../../', '../'),
      external: true,
    }));
    steps.onResolve(
      { filter: /^\.\.\/(ui\/upload-frame|config\/config-file)\.js$/ },
      ({ path }) => ({
        path: path.replace('../', './'),
        external: true,
      }),
    );
  },
};

await build({
  entryPoints: [`${target}main.js`],
  outfile: `${target}kdrama.cjs`,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  external: ['execa', 'got', '@rgrove/parse-xml'],
  plugins: [fromBundle],
  logLevel: 'warning',
});
