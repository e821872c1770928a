import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Dataset } from '@labproof/core';
import { type OutputFile, writeFilesTogether, zipFiles } from '@labproof/class';
import { checkKinds } from '@labproof/grader';
import { exercisesOf, type Lab, studentEdition } from '@labproof/lab';
import { selfCheckSite } from '@labproof/page';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import type { Context } from '../program/context.ts';
import { packageVersion } from '../program/version.ts';
import { cliError } from '../errors.ts';

/** What tells a folder that holds a page from one that holds something else. */
const MARK = 'site.json';

/**
 * Writes the self-check page of a lab into a folder, and the folder as a .zip beside it; gives the paths of both.
 * Throws `pack-folder-in-use` where something else than a page is in the folder.
 */
export async function packPage(context: Context, id: string, out: string): Promise<string[]> {
  const folder = resolve(out);
  if (existsSync(folder) && !existsSync(join(folder, MARK)) && readdirSync(folder).length > 0) {
    throw cliError('pack-folder-in-use', {
      message: `${out} holds something else than a self-check page. Nothing was written.`,
      fix: 'Name a new folder, or an empty one.',
    });
  }
  const lab = studentEdition(context.labs.find(id), checkKinds);
  const datasets: Dataset[] = [];
  for (const name of datasetsOf(lab)) datasets.push(await loadDatasetWithProgress(context, name));
  const files: readonly OutputFile[] = selfCheckSite({ lab, datasets, version: packageVersion() });
  writeFilesTogether(folder, files);
  const zip = `${basename(folder)}.zip`;
  writeFilesTogether(dirname(folder), [{ path: zip, content: zipFiles(files) }]);
  return [out, join(dirname(out), zip)];
}

/** The data on whose test images some question looks at a model. */
function datasetsOf(lab: Lab): string[] {
  const examined = new Set(
    lab.questions
      .filter(({ checks }) => checks.some((check) => checkKinds.needs(check, 'test-images')))
      .flatMap((question) => exercisesOf(question)),
  );
  const ids = lab.exercises
    .filter(({ id }) => examined.has(id))
    .map(({ recipe }) => recipe.dataset);
  return [...new Set(ids)];
}
