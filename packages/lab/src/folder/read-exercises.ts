import {
  type Bands,
  bandsFaults,
  BandsSchema,
  type DatasetCatalogue,
  differences,
  recipeHash,
  renamedClasses,
} from '@labproof/core';
import { PlaygroundSweepSchema } from '@labproof/core/playground';
import type { z } from 'zod';
import type { Exercise } from '../exercise.ts';
import { nearest } from '../nearest.ts';
import type { PlaygroundExercise } from '../playground-exercise.ts';
import { ExerciseEntrySchema, PlaygroundEntrySchema } from './lab-file.ts';
import { headOf, type LabSource } from './lab-source.ts';
import { type FieldPath, LocatedYaml } from './located-yaml.ts';
import type { Place } from './problem.ts';
import { valueAt } from './known-fields.ts';
import { schemaProblems } from './schema-problems.ts';
import { yamlProblems } from './yaml-problems.ts';

/** An exercise as far as it could be read, and where its parts stand. */
export interface ReadExercise<T> {
  readonly id: string | null;
  readonly value: T | null;
  readonly placeOf: (path: FieldPath) => Place;
}

/** The exercises of the lab's file, each with what was measured of it. */
export function readExercises(
  source: LabSource,
  yaml: LocatedYaml,
): readonly ReadExercise<Exercise>[] {
  return entriesIn(yaml, 'exercises').map(({ entry, id, path }) => {
    const parsed = ExerciseEntrySchema.safeParse(entry);
    const measured = readMeasured(source, 'bands', id, BandsSchema);
    const placeOf = ([first, ...rest]: FieldPath): Place =>
      first === 'bands' && measured !== null
        ? measured.yaml.placeOf(rest)
        : yaml.placeOf([...path, ...(first === undefined ? [] : [first, ...rest])]);
    if (!parsed.success) return { id, value: null, placeOf };
    const { title, recipe, passing, passMark, published } = parsed.data;
    const bands = measured?.value ?? null;
    if (measured !== null) reportBandsFaults(source, measured);
    const exercise: Exercise = {
      id: parsed.data.id,
      title,
      recipe,
      bands,
      ...(passing === undefined ? {} : { passing }),
      ...(passMark === undefined ? {} : { passMark }),
      published,
    };
    return { id, value: exercise, placeOf };
  });
}

/** The playground exercises of the lab's file, each with what was measured of it. */
export function readPlaygrounds(
  source: LabSource,
  yaml: LocatedYaml,
): readonly ReadExercise<PlaygroundExercise>[] {
  return entriesIn(yaml, 'playgrounds').map(({ entry, id, path }) => {
    const parsed = PlaygroundEntrySchema.safeParse(entry);
    const measured = readMeasured(source, 'sweeps', id, PlaygroundSweepSchema);
    const placeOf = (rest: FieldPath): Place => yaml.placeOf([...path, ...rest]);
    if (!parsed.success) return { id, value: null, placeOf };
    const sweep = measured?.value ?? parsed.data.sweep;
    return { id, value: { ...parsed.data, sweep }, placeOf };
  });
}

function entriesIn(
  yaml: LocatedYaml,
  list: string,
): { readonly entry: unknown; readonly id: string | null; readonly path: FieldPath }[] {
  const entries = valueAt(yaml.value, [list]);
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown, index) => {
    const id = valueAt(entry, ['id']);
    return { entry, id: typeof id === 'string' ? id : null, path: [list, index] };
  });
}

const WRITTEN_AGAIN = {
  bands: 'Have it measured again: labproof calibrate.',
  sweeps: 'Take the file anew from where the lab came from, or delete it.',
} as const;

/** A file that Labproof wrote. Whoever has changed it needs the whole file again and not a list of its faults. */
function readMeasured<S extends z.ZodType>(
  source: LabSource,
  folder: 'bands' | 'sweeps',
  id: string | null,
  schema: S,
): { readonly yaml: LocatedYaml; readonly value: z.output<S> } | null {
  const file = `${folder}/${id}.json`;
  const text = source.text(file);
  if (text === null) return null;
  const yaml = new LocatedYaml(file, text);
  if (yaml.errors.length === 0 && !yaml.isJson) {
    source.report(headOf(file), 'the file was changed: it is no JSON', WRITTEN_AGAIN[folder]);
    return null;
  }
  const parsed = yaml.errors.length > 0 ? null : schema.safeParse(yaml.value);
  if (parsed?.success === true) return { yaml, value: parsed.data };
  const [problem] =
    parsed === null
      ? yamlProblems(yaml)
      : schemaProblems({ yaml, path: [], schema }, parsed.error.issues);
  if (problem !== undefined) source.problems.push({ ...problem, instead: WRITTEN_AGAIN[folder] });
  return null;
}

/** Bands whose numbers do not follow from their own trials, or were changed: no pass mark of theirs is used. */
function reportBandsFaults(
  source: LabSource,
  { yaml, value }: { readonly yaml: LocatedYaml; readonly value: Bands },
): void {
  for (const fault of bandsFaults(value)) {
    source.report(yaml.placeOf([]), `the file was changed: ${fault}`, WRITTEN_AGAIN.bands);
  }
}

/** Files of measurements that belong to no exercise: a misspelt name would leave its exercise without a pass mark. */
export function reportStrayFiles(source: LabSource, folder: string, ids: readonly string[]): void {
  for (const file of source.filesIn(folder)) {
    const id = file.slice(folder.length + 1).replace(/\.json$/u, '');
    if (ids.includes(id)) continue;
    source.report(headOf(file), `no exercise has the id "${id}"`, nearest(id, ids));
  }
}

/** What an author should know of the bands: there are none, or they are those of another recipe or of renamed classes. */
export function noteBands(
  source: LabSource,
  lab: string,
  exercises: readonly ReadExercise<Exercise>[],
  datasets: DatasetCatalogue,
): void {
  for (const { value, placeOf } of exercises) {
    if (value === null) continue;
    const { id, bands, recipe } = value;
    const calibrate = `labproof --labs DIR calibrate ${lab}/${id}`;
    if (bands === null && !source.has(`bands/${id}.json`)) {
      source.notes.push({
        ...placeOf([]),
        message: `exercise ${id} has no bands/${id}.json, so what needs a pass mark needs manual grading`,
        instead: `Measure it: ${calibrate}.`,
      });
    } else if (bands !== null && bands.recipeHash !== recipeHash(recipe)) {
      source.notes.push({
        ...placeOf(['recipe']),
        message: `bands/${id}.json was measured with another recipe (${changes(bands.recipe, recipe)})`,
        instead: `Measure this one: ${calibrate}.`,
      });
    }
    const classes = datasets.definitions.find(({ id }) => id === recipe.dataset)?.classes;
    const renamed = bands === null ? null : renamedClasses(bands, classes);
    if (renamed !== null) {
      source.notes.push({
        ...placeOf(['recipe', 'dataset']),
        message: `bands/${id}.json: ${renamed}`,
        instead: `Put the names back in the order of the labels; if the change is meant: ${calibrate}.`,
      });
    }
  }
}

function changes(before: unknown, after: unknown): string {
  return before === undefined ? 'it does not say which' : differences(before, after).join('; ');
}
