import { defineConfig } from 'vitest/config';

/** Tests run the sources of every workspace package, never a built copy that may be stale. */
export const shared = defineConfig({
  ssr: {
    resolve: { conditions: ['@labproof/source', 'module', 'node', 'development|production'] },
  },
  test: { environment: 'node', include: ['test/**/*.test.ts'], testTimeout: 60_000 },
});
