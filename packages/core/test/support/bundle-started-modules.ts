import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleSources, root } from './bundle-sources.ts';

/** Modules that tests start some hundred times in threads and processes of their own. */
const STARTED = [
  'packages/core/src/trials/trial-worker.ts',
  'packages/core/src/trials/device-worker.ts',
  'packages/core/test/engines/cuda/open-in-a-process.ts',
  'packages/core/test/trials/train-in-a-process.ts',
  'packages/class/src/processes/grading-process.ts',
  'packages/class/test/support/batch-process.ts',
  'packages/queue/test/support/worker-process.ts',
  'packages/review/test/support/marking-process.ts',
  'packages/cli/src/pages/student-page-worker.ts',
  'packages/cli/src/bin.ts',
];

/** Inside of the checkout, where libraries that stay apart are found. */
const BUNDLES = join(root, 'node_modules/.cache/labproof-tests');

/**
 * Global setup of vitest: bundles the sources of what tests start, each run anew, so that nothing stale can be tested.
 * A bundle starts in a sixth of the processor time that the TypeScript loader takes for the same modules.
 */
export default async function bundleStartedModules({
  config,
}: TestProject): Promise<(() => void) | undefined> {
  // One bundle is enough for all projects of a run; while somebody watches, sources change after it.
  if (process.env['LABPROOF_BUNDLES'] !== undefined || config.watch) return undefined;
  mkdirSync(BUNDLES, { recursive: true });
  removeAbandoned();
  const folder = join(BUNDLES, String(process.pid));
  await bundleSources(STARTED, { from: root, to: folder });
  const bundles = STARTED.map((path) => [
    pathToFileURL(join(root, path)).href,
    pathToFileURL(join(folder, path.replace(/\.ts$/u, '.mjs'))).href,
  ]);
  const list = join(folder, 'bundles.json');
  writeFileSync(list, JSON.stringify(Object.fromEntries(bundles)));
  process.env['LABPROOF_BUNDLES'] = list;
  return () => {
    delete process.env['LABPROOF_BUNDLES'];
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Bundles of runs that were killed. */
function removeAbandoned(): void {
  for (const name of readdirSync(BUNDLES)) {
    try {
      process.kill(Number(name), 0);
    } catch {
      rmSync(join(BUNDLES, name), { recursive: true, force: true });
    }
  }
}
