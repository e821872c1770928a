import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The part of npm's own configuration reader that is used here; the package ships no types. */
interface NpmConfig {
  load(): Promise<void>;
  /** Every setting under the name that npm's libraries take it by. */
  readonly flat: Record<string, unknown>;
}
type NpmConfigClass = new (options: {
  definitions: unknown;
  shorthands: unknown;
  flatten: unknown;
  npmPath: string;
  env: NodeJS.ProcessEnv;
  argv: readonly string[];
  cwd: string;
  warn: boolean;
}) => NpmConfig;
type NpmDefinitions = { definitions: unknown; shorthands: unknown; flatten: unknown };

/**
 * The user's npm settings (registry, proxy, certificates, credentials) as npm itself reads them: from `npm_config_*`
 * variables, the user's `.npmrc` and the global one. An `.npmrc` in the working directory is left alone, because that
 * directory may be a student's.
 */
export async function npmSettings(): Promise<Record<string, unknown>> {
  const require = createRequire(import.meta.url);
  const Config = require('@npmcli/config') as NpmConfigClass;
  const definitions = require('@npmcli/config/lib/definitions') as NpmDefinitions;
  const modules = process.platform === 'win32' ? ['node_modules'] : ['..', 'lib', 'node_modules'];
  const config = new Config({
    ...definitions,
    // npm's own folder beside this Node.js holds the settings of whoever packaged it, where there are any.
    npmPath: path.join(path.dirname(process.execPath), ...modules, 'npm'),
    // A copy: npm's reader writes what it has found into the environment it is given.
    env: { ...process.env },
    argv: [],
    cwd: os.homedir(),
    warn: false,
  });
  await config.load();
  return config.flat;
}
