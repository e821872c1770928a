import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { mergeConfig } from 'vitest/config';
import { testsOf } from './vitest.shared.ts';

const root = import.meta.dirname;
const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name));
const workspaces = [...packages, 'bench'];

/** All workspaces in one run: workers go from one to the next without a pause, and no core is asked twice. */
export default mergeConfig(testsOf(root, workspaces), {
  test: { maxWorkers: availableParallelism() },
});
