import { join } from 'node:path';
import { checkKinds } from '@labproof/grader';
import { type Lab, studentEdition } from '@labproof/lab';
import type { Page } from 'puppeteer-core';
import { CASES, HONEST, Place } from '../../../../fixtures/hostile/cases.ts';
import { squares } from '../../../grader/test/support/squares.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { selfCheckSite, type SiteFile } from '../../src/index.ts';
import { checkByCommand } from './by-command.ts';
import { chooseFiles, chooseFolder, resultOf, startOver } from './page.ts';

const edition: Lab = studentEdition(lab, checkKinds);

const FOLLOWS = 'a browser follows links, and nobody on the page can tell';

/** Where a browser cannot do what the command line does, and why. */
export const OTHERWISE: Readonly<Record<string, string>> = {
  'link-answers': FOLLOWS,
  'link-model': FOLLOWS,
  'link-weights': FOLLOWS,
  'link-loop': FOLLOWS,
  pipe: 'a browser shows a pipe as a file of no bytes',
  'deep-folders':
    'the dialog for folders names files alone: a folder without any is not there, and is not listed as left out',
};

/** One or more of each kind, for the test. */
export const SAMPLE: ReadonlySet<string> = new Set([
  'zip-slip',
  'zip-bomb-many',
  'zip-twice',
  'zip-unicode',
  'zip-not',
  'hole',
  'many-files',
  'odd-names',
  'escape-name',
  'proto-name',
  'declares-deep',
  'declares-somebody',
  'shard-outside',
  'units-huge',
  'graph-cycle',
  'weights-nan',
  'keras-external-link-passwd',
  'keras-shape-bomb-compressed',
  'keras-pickle',
  'markup',
  'notebook-deep',
  'page-overlay',
  'history-flood',
  'picture-bomb',
  'pdf-forms',
  'slow-columns',
  'name-emoji',
]);

/** The page of the lab that hostile submissions answer. */
export function hostileSite(built: string): SiteFile[] {
  return selfCheckSite({ lab: edition, datasets: [squares], version: '0.1.0', built });
}

/** A hostile submission on a disk. */
export interface HostileInput {
  readonly name: string;
  readonly path: string;
}

/** Writes hostile submissions into a folder, those of these names or all of them. */
export async function writeHostile(
  work: string,
  names: ReadonlySet<string> | null,
): Promise<HostileInput[]> {
  const at = {
    class: join(work, 'class'),
    outside: join(work, 'outside'),
    server: 'http://127.0.0.1:9',
  };
  new Place({ ...at, class: work, folder: 'outside' }).files(HONEST);
  const inputs: HostileInput[] = [];
  for (const { name, folder = name, make } of CASES) {
    if (names !== null && !names.has(name)) continue;
    await make(new Place({ ...at, folder }));
    inputs.push({ name, path: join(at.class, folder) });
  }
  return inputs;
}

/** What `labproof check --json` prints, by path. */
export function hostileByCommand(
  inputs: readonly HostileInput[],
): Promise<ReadonlyMap<string, string>> {
  return checkByCommand(
    inputs.map(({ path }) => path),
    { lab: edition, datasets: [squares] },
  );
}

/** What the page saves as JSON. It is left as it was before. */
export async function hostileOnPage(page: Page, { path }: HostileInput): Promise<string> {
  if (path.endsWith('.zip')) await chooseFiles(page, path);
  else await chooseFolder(page, path);
  const { json } = await resultOf(page);
  await startOver(page);
  return json;
}
