import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { mergeConfig } from 'vitest/config';
import { testsOf } from './vitest.shared.ts';

const root = import.meta.dirname;
const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name));

/** All packages in one run: workers go from one package to the next without a pause, and no core is asked twice. */
export default mergeConfig(testsOf(root, packages), {
  test: { maxWorkers: availableParallelism() },
});
