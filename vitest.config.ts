import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** One project a kind of test; scripts/test.mjs runs them in this order. Hooks have a test's time. */
function project(name: string, timeoutMs: number, fileParallelism = true) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      fileParallelism,
      // How long what is waited for may take on a busy machine, not how long it should.
      expect: { poll: { timeout: timeoutMs / 2 } },
    },
  };
}

export default defineConfig({
  test: {
    // Most of them wait for a program or a socket; by itself vitest leaves a core free, of two one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project('unit', 20_000), // no media, no browser; properties take a while on a busy machine
      project('integration', 60_000), // a real store, real files, real ffmpeg
      project('conformance', 60_000, false), // contract.md over a real socket
      project('e2e', 120_000, false), // the real bin/kdrama
      project('browser', 120_000, false),
      project('slow', 1_800_000),
    ],
  },
});
