import { arch, cpus, platform } from 'node:os';
import { packageVersion } from './version.ts';

/** The machine and the programs with which something was computed. */
export function environmentOf(engine: string): Record<string, string> {
  return {
    labproof: packageVersion(),
    node: process.version,
    engine,
    platform: `${platform()}-${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
  };
}
