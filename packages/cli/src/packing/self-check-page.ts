import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type Dataset, sha256Hex } from '@labproof/core';
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
 * Writes the self-check page of a lab into a folder, and the folder as a .zip beside it; gives the paths of both. What an
 * earlier page left there goes.
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
  const earlier = filesOfEarlierPage(folder);
  writeFilesTogether(folder, files);
  const paths = new Set(files.map(({ path }) => path));
  for (const path of earlier) if (!paths.has(path)) rmSync(join(folder, path), { force: true });
  const zip = `${basename(folder)}.zip`;
  writeFilesTogether(dirname(folder), [{ path: zip, content: zipFiles(files) }]);
  return [out, join(dirname(out), zip)];
}

/** The files that an earlier page in the folder says are its own, and that are as it says. */
function filesOfEarlierPage(folder: string): string[] {
  let files: readonly [string, unknown][];
  try {
    const about: unknown = JSON.parse(readFileSync(join(folder, MARK), 'utf8'));
    const said = typeof about === 'object' && about !== null && 'files' in about ? about.files : {};
    files = Object.entries(said ?? {});
  } catch {
    return [];
  }
  return files
    .filter(([path, digest]) => {
      const at = resolve(folder, path);
      return at.startsWith(`${folder}${sep}`) && existsSync(at) && digestOf(at) === digest;
    })
    .map(([path]) => path);
}

function digestOf(path: string): string | null {
  return statSync(path).isFile() ? sha256Hex(readFileSync(path)) : null;
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
