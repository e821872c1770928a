import { HOW_TO_ADD } from './advice.ts';
import { findBackend, hasNativePart, searchRoots } from './packages.ts';
import { TFJS_BACKENDS, type TfjsBackend } from './names.ts';

/** One TensorFlow.js backend as `labproof doctor` shows it. */
export interface TfjsDescription {
  readonly backend: TfjsBackend;
  readonly available: boolean;
  /** `name version` of its packages, and where they lie; or why it cannot be used. */
  readonly message: string;
  /** What to do to get it, else `null`. */
  readonly fix: string | null;
}

/**
 * Which TensorFlow.js backends are installed, best first. Reads `package.json` files and loads no package: a folder
 * that somebody handed in may be the working directory.
 */
export function describeTfjs(roots: readonly NodeJS.Require[] = searchRoots()): TfjsDescription[] {
  return TFJS_BACKENDS.map((backend): TfjsDescription => {
    const packages = findBackend(backend, roots);
    if (packages === null) {
      return { backend, available: false, message: 'not installed', fix: HOW_TO_ADD[backend] };
    }
    const [main] = packages;
    const found = packages.map(({ name, version }) => `${name} ${version}`).join(' with ');
    if (backend === 'tensorflow' && !hasNativePart(main)) {
      return {
        backend,
        available: false,
        message: `${found} in ${main.directory} lacks its native part: its install script did not finish`,
        fix: HOW_TO_ADD[backend],
      };
    }
    return { backend, available: true, message: `${found} in ${main.directory}`, fix: null };
  });
}
