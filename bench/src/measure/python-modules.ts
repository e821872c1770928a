import { spawnSync } from 'node:child_process';

/** Whether an interpreter has a module; said on stderr where it has not, and its sides are then left out. */
export function hasModule(python: string, module: string): boolean {
  const probe = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
  const { status, error } = spawnSync(python, ['-c', probe], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  if (error !== undefined) throw new Error(`${python} cannot be started: ${error.message}`);
  if (status !== 0) process.stderr.write(`${python} has no ${module}; its sides are left out\n`);
  return status === 0;
}
