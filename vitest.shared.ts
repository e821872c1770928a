import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';

/**
 * Work that is real takes as long as a busy machine lets it: this limit is only for what would never end. A wait in a
 * test has no limit of its own.
 */
const NEVER_ENDS = 20 * 60_000;

/** Tests run the sources of every workspace package, never a built copy that may be stale. */
export const shared = defineConfig({
  ssr: {
    resolve: { conditions: ['@labproof/source', 'module', 'node', 'development|production'] },
  },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    testTimeout: NEVER_ENDS,
    hookTimeout: NEVER_ENDS,
  },
});

/** The same for packages whose tests start threads and processes from the sources. */
export const starting = mergeConfig(shared, {
  test: {
    globalSetup: [
      fileURLToPath(
        new URL('packages/core/test/support/bundle-started-modules.ts', import.meta.url),
      ),
    ],
  },
});
