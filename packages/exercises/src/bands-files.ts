import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabproofError } from '@labproof/core';
import { labDirectory } from './labs.ts';

/**
 * The files that hold the bands of an exercise: the one in the sources, which belongs into version control, and the
 * copy that the build made of it, where there is one; for a lab of the user's own the one in its folder. `calibrate` writes both, so that what it measured counts at
 * once. Throws `bands-not-a-checkout` when Labproof was installed and has no sources of its own to change.
 */
export function bandsFiles(lab: string, exercise: string): readonly string[] {
  const own = labDirectory(lab);
  if (own !== null) return [path.join(own, 'bands', `${exercise}.json`)];
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  if (root.split(path.sep).includes('node_modules')) {
    throw new LabproofError({
      code: 'bands-not-a-checkout',
      owner: 'instructor',
      message: `The bands of ${lab}/${exercise} belong to an installed Labproof in ${root}, which an update would overwrite.`,
      fix: 'Calibrate in a checkout of the sources.',
    });
  }
  const file = path.join(lab, 'bands', `${exercise}.json`);
  const built = path.join(root, 'dist', file);
  return [path.join(root, 'src', file), ...(existsSync(built) ? [built] : [])];
}
