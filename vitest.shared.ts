import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Work that is real takes as long as a busy machine lets it: this limit is only for what would never end. A wait in a
 * test has no limit of its own.
 */
const NEVER_ENDS = 20 * 60_000;

const GLOBAL_SETUP = new URL(
  'packages/core/test/support/bundle-started-modules.ts',
  import.meta.url,
);

/** What a file says that has a worker of its own: it replaces modules, or gives its reason. */
const ALONE = /^(?:vi\.mock\(|\/\/ Runs alone: )/mu;

/** What a file says whose tests take long. */
const SECONDS = /^\/\/ Takes (?<seconds>\d+) s\b/mu;

/**
 * The files that say that they take long come first of their project, the longest before the others: a long one at the
 * end would keep one core at work and leave the others without any.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of vitest's, which gives an order of its own
    const sorted = await super.sort(files);
    const seconds = new Map(sorted.map((file) => [file, secondsOf(file.moduleId)]));
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((own) =>
      sorted
        .filter(({ project }) => project === own)
        .toSorted((a, b) => (seconds.get(b) ?? 0) - (seconds.get(a) ?? 0)),
    );
  }
}

function secondsOf(path: string): number {
  return Number(SECONDS.exec(readFileSync(path, 'utf8'))?.groups?.['seconds'] ?? 0);
}

/**
 * The tests of packages, given by their paths in a folder. They run the sources of every workspace package, never a
 * built copy that may be stale. Files share their worker and its modules, which halves the time of most, but for
 * those that are not to be mixed with others.
 */
export function testsOf(root: string, packages: readonly string[]): ViteUserConfig {
  const files = packages.map((path) => join(path, 'test')).flatMap((path) => testsIn(root, path));
  const alone = files.filter((path) => ALONE.test(readFileSync(join(root, path), 'utf8')));
  const together = files.filter((path) => !alone.includes(path));
  return defineConfig({
    test: {
      sequence: { sequencer: LongestFirst },
      projects: [
        project(root, { name: 'together', include: together, isolate: false }),
        project(root, { name: 'alone', include: alone, isolate: true }),
      ].filter(({ test }) => test?.include?.length !== 0),
    },
  });
}

function testsIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join(folder, path))
    .toSorted();
}

function project(root: string, own: ViteUserConfig['test']): ViteUserConfig {
  return {
    ssr: {
      resolve: { conditions: ['@labproof/source', 'module', 'node', 'development|production'] },
    },
    test: {
      ...own,
      root,
      environment: 'node',
      testTimeout: NEVER_ENDS,
      hookTimeout: NEVER_ENDS,
      globalSetup: [fileURLToPath(GLOBAL_SETUP)],
      // A test in which no `expect` was reached has shown nothing.
      expect: { requireAssertions: true },
    },
  };
}
