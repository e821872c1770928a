import { closestName, DatasetCatalogue, type IdxDataset, recipeHash } from '@labproof/core';
import { CheckKinds } from '../checks/check-kinds.ts';
import type { Lab } from '../lab.ts';
import { meaningIssues } from '../meaning.ts';
import type { LabParts, Part } from '../parts.ts';
import { referenceIssues } from '../references.ts';
import type { LabSurroundings } from '../surroundings.ts';
import { type LabFile, LabFileSchema } from './lab-file.ts';
import { INTRODUCTION_FILE, LAB_FILES, LAB_FOLDERS, type LabFolder } from './lab-folder.ts';
import { headOf, LabSource } from './lab-source.ts';
import type { FieldPath, LocatedYaml } from './located-yaml.ts';
import { joinLines } from './paragraphs.ts';
import { inOrder, type LabProblem, type Place } from './problem.ts';
import { readDatasets, type ReadDatasets } from './read-datasets.ts';
import { noteBands, readExercises, readPlaygrounds, reportStrayFiles } from './read-exercises.ts';
import { readQuestionEntries, readQuestionFiles } from './read-questions.ts';
import { valueAt } from './known-fields.ts';

/** What the folder of a lab holds. */
export interface LabReading {
  /** `null` where there are problems. */
  readonly lab: Lab | null;
  /** The datasets that the lab declares itself. */
  readonly datasets: readonly IdxDataset[];
  /** Everything that is wrong, by file and line. */
  readonly problems: readonly LabProblem[];
  /** What is not wrong, and what the lab's author should know: exercises without bands, or with those of another recipe. */
  readonly notes: readonly LabProblem[];
}

type Placed<T> = Part<T> & { readonly placeOf: (path: FieldPath) => Place };

/**
 * Reads a lab from the files of its folder; whatever is wrong with them is found at once. Exercises may also name the
 * datasets that the lab declares.
 */
export function readLab(
  folder: LabFolder,
  {
    datasets: known = DatasetCatalogue.builtIn,
    checks = CheckKinds.unexamined,
  }: LabSurroundings = {},
): LabReading {
  const source = new LabSource(folder, checks);
  reportMisspeltEntries(source);
  const yaml = labFile(source);
  const file = yaml === null ? null : source.parse(yaml, source.forms.lab);
  const introduction = readIntroduction(source, file);
  const questionFiles = readQuestionFiles(source);
  if (yaml === null) return reading(source, null, []);

  const exercises = readExercises(source, yaml);
  const playgrounds = readPlaygrounds(source, yaml);
  const questions = [...readQuestionEntries(source, yaml), ...questionFiles];
  const ids = (parts: readonly Part<unknown>[]): string[] => parts.flatMap(({ id }) => id ?? []);
  reportStrayFiles(source, 'bands', ids(exercises));
  reportStrayFiles(source, 'sweeps', ids(playgrounds));
  if (file !== null && questions.length === 0) {
    source.report(
      headOf(yaml.file),
      'the lab has no questions',
      'Write the first: questions/q1.md.',
    );
  }

  const written = valueAt(yaml.value, ['id']);
  const id = typeof written === 'string' ? written : folder.name;
  if (file !== null && !LabFileSchema.shape.id.safeParse(id).success) {
    const message = `the folder's name, "${id}", is no id of a lab`;
    const instead =
      'Give the folder a name of small letters, digits and "-", or write the field "id" here.';
    source.report(headOf(yaml.file), message, instead);
  }
  const datasets = readDatasets(source, yaml, known);
  reportIssues(source, { exercises, playgrounds, questions }, datasets);
  if (valueAt(yaml.value, ['edition']) !== 'student') {
    noteBands(source, id, exercises, datasets.catalogue);
  }
  if (file === null || introduction === null) return reading(source, null, []);
  const { title, version, edition, frameworks, selfCheckPage, passing } = file;
  const lab: Lab = {
    id,
    title,
    version,
    ...(edition === undefined ? {} : { edition }),
    introduction,
    ...(frameworks === undefined ? {} : { frameworks }),
    ...(selfCheckPage === undefined ? {} : { selfCheckPage }),
    ...(passing === undefined ? {} : { passing }),
    exercises: exercises.flatMap(({ value }) => value ?? []),
    ...(file.playgrounds === undefined
      ? {}
      : { playgrounds: playgrounds.flatMap(({ value }) => value ?? []) }),
    questions: questions.flatMap(({ value }) => value ?? []),
  };
  return reading(source, lab, datasets.declared);
}

function reading(source: LabSource, lab: Lab | null, datasets: readonly IdxDataset[]): LabReading {
  const problems = inOrder(source.problems);
  return {
    lab: problems.length === 0 ? lab : null,
    datasets,
    problems,
    notes: inOrder(source.notes),
  };
}

/** Exercises whose bands were measured with another recipe than theirs: their pass marks say nothing. */
export function exercisesWithOtherBands({ exercises }: Lab): readonly string[] {
  return exercises
    .filter(({ bands, recipe }) => bands !== null && bands.recipeHash !== recipeHash(recipe))
    .map(({ id }) => id);
}

/** The lab's own file; `null`, with a problem, where there is none that can be read. */
function labFile(source: LabSource): LocatedYaml | null {
  const [file, second] = LAB_FILES.filter((name) => source.has(name));
  if (file === undefined) {
    source.report(
      headOf(LAB_FILES[0]),
      'there is no such file',
      'It holds title, version and exercises.',
    );
    return null;
  }
  if (second !== undefined) {
    source.report(headOf(second), `${file} says what the lab is, too`, 'Keep one of the two.');
  }
  return source.yaml(file, source.text(file));
}

function readIntroduction(source: LabSource, file: LabFile | null): string | null {
  const inFile = file?.introduction ?? null;
  if (!source.has(INTRODUCTION_FILE)) {
    if (inFile === null) {
      const instead = 'It is what students read before the questions.';
      source.report(headOf(INTRODUCTION_FILE), 'there is no such file', instead);
    }
    return inFile;
  }
  if (inFile !== null) {
    const message = 'the lab’s file has an introduction, too';
    source.report(headOf(INTRODUCTION_FILE), message, 'Keep one of the two.');
  }
  const text = source.text(INTRODUCTION_FILE);
  return text === null ? null : joinLines(text);
}

/** `question/` would leave out every question without a word. */
function reportMisspeltEntries(source: LabSource): void {
  const names = [...LAB_FILES, INTRODUCTION_FILE, ...LAB_FOLDERS];
  const { entries } = source.folder;
  for (const entry of entries) {
    const meant = closestName(entry, names);
    if (meant === null || names.some((name) => name === entry) || entries.includes(meant)) continue;
    source.report(headOf(entry), 'this is not read', `Did you mean "${meant}"?`);
  }
}

function reportIssues(
  source: LabSource,
  parts: LabParts & { readonly [List in keyof LabParts]: readonly Placed<unknown>[] },
  { catalogue, unread }: ReadDatasets,
): void {
  const onKnownData = parts.exercises.map((part) =>
    unread.has(part.value?.recipe.dataset) ? { ...part, value: null } : part,
  );
  const issues = [
    ...referenceIssues(parts, source.checks),
    ...meaningIssues({ ...parts, exercises: onKnownData }, catalogue, source.checks),
  ];
  for (const issue of issues) {
    const [list, index, ...rest] = issue.path;
    const place = parts[list as keyof LabParts][Number(index)]?.placeOf(rest);
    if (place !== undefined) source.report(place, issue.message, issue.instead);
  }
}
