import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { declareDataset, idxDataset, LabproofError } from '@labproof/core';
import { type Lab, type LabFile, LabFileSchema } from '@labproof/lab';
import { defineLab, invalidLab } from './define-lab.ts';
import { addLab, labDatasets } from './labs.ts';

const LAB_FILE = 'lab.json';
const INTRODUCTION_FILE = 'introduction.md';

/** The files of a lab's folder, by name: what `openLabFolder` reads. Bands stand in files of their own. */
export function labFiles(lab: Lab): readonly { readonly path: string; readonly content: string }[] {
  const { introduction, exercises, ...rest } = lab;
  const file: LabFile = {
    ...rest,
    datasets: labDatasets(lab.id),
    exercises: exercises.map(({ id, title, recipe, passMark, published }) => ({
      id,
      title,
      recipe,
      ...(passMark === undefined ? {} : { passMark }),
      published,
    })),
  };
  const bands = exercises.flatMap((exercise) =>
    exercise.bands === null
      ? []
      : [{ path: `bands/${exercise.id}.json`, content: asJson(exercise.bands) }],
  );
  return [
    { path: LAB_FILE, content: asJson(file) },
    { path: INTRODUCTION_FILE, content: introduction },
    ...bands,
  ];
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Reads labs of the user's own and makes them known like those that come with Labproof. The folder is a lab's, or holds
 * folders of labs. They are data and nothing in them runs. Throws `lab-folder-empty`, `lab-file-unreadable` or
 * `lab-invalid` with every problem of a lab.
 */
export async function openLabFolder(folder: string): Promise<void> {
  for (const directory of await labDirectories(path.resolve(folder))) await openLab(directory);
}

async function labDirectories(folder: string): Promise<readonly string[]> {
  if (existsSync(path.join(folder, LAB_FILE))) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const labs = entries
    .map(({ name }) => path.join(folder, name))
    .filter((directory) => existsSync(path.join(directory, LAB_FILE)))
    .toSorted();
  if (labs.length > 0) return labs;
  throw new LabproofError({
    code: 'lab-folder-empty',
    owner: 'instructor',
    message: `Neither ${folder} nor a folder in it holds a ${LAB_FILE}.`,
    fix: "Name a lab's folder, or the folder that holds the folders of labs.",
  });
}

async function openLab(directory: string): Promise<void> {
  const file = path.join(directory, LAB_FILE);
  const parsed = LabFileSchema.safeParse(await readJson(file));
  if (!parsed.success) {
    throw invalidLab(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const { datasets, exercises, ...lab } = parsed.data;
  for (const dataset of datasets) declareDataset(idxDataset(dataset));
  const withBands = [];
  for (const exercise of exercises) {
    const bands = path.join(directory, 'bands', `${exercise.id}.json`);
    withBands.push({ ...exercise, bands: existsSync(bands) ? await readJson(bands) : null });
  }
  const introduction = await readText(path.join(directory, INTRODUCTION_FILE));
  addLab(defineLab({ ...lab, introduction, exercises: withBands }), directory, datasets);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): LabproofError {
  return new LabproofError({
    code: 'lab-file-unreadable',
    owner: 'instructor',
    message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    fix: `A lab is a folder with ${LAB_FILE} (JSON) and ${INTRODUCTION_FILE}; docs/authoring-a-lab.md describes both.`,
    cause: error,
  });
}
