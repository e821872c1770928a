import { z } from 'zod';
import { ARITHMETIC_VERSION } from '../arithmetic.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { hashOf } from '../digest.ts';
import { type Recipe, RecipeSchema } from '../recipe/recipe.ts';
import { LandmarkSchema } from '../training/landmarks.ts';
import { recipeHash } from '../trials/trial-key.ts';
import { type TrialResult, TrialResultSchema } from '../trials/trial-result.ts';
import { BuildSchema, thisBuild } from './build.ts';
import { dataDigests, DataDigestsSchema } from './data-digests.ts';

/** Everything of a trial that has to come out again to the last bit. */
const TrialRecordSchema = TrialResultSchema.omit({
  seconds: true,
  cached: true,
  landmarks: true,
});
export type TrialRecord = z.infer<typeof TrialRecordSchema>;

const ExcerptSchema = z.strictObject({
  /** What of the recipe was cut down. */
  epochs: z.int().positive(),
  trainLimit: z.int().positive(),
  trial: TrialRecordSchema,
  landmarks: z.array(LandmarkSchema),
});

/**
 * A signed-off result: from what it was made (recipe, data, code, engine), and all that came out, exactly. Whoever has
 * Labproof and the data can compute it again whole.
 */
export const ManifestSchema = z.strictObject({
  format: z.literal('labproof-manifest-1'),
  lab: z.string(),
  exercise: z.string(),
  arithmetic: z.string(),
  recipe: RecipeSchema,
  recipeHash: z.string(),
  data: DataDigestsSchema,
  build: BuildSchema,
  engine: z.string(),
  /** Where it was computed; nothing in the results depends on it. */
  environment: z.record(z.string(), z.string()),
  trials: z.array(TrialRecordSchema),
  /** A short training that a night can repeat, with what stood at its landmarks. */
  excerpt: ExcerptSchema.optional(),
  /** SHA-256 of the canonical JSON of all the rest. */
  checksum: z.string(),
});
export type Manifest = z.infer<typeof ManifestSchema>;

/** What of a trial goes into a manifest. */
export function trialRecord(result: TrialResult): TrialRecord {
  const { seed, digest, initialDigest, history, test } = result;
  return { seed, digest, initialDigest, history, test };
}

/** Signs off results of a recipe. `excerpt` is the trial of `excerptRecipe(recipe)` with its landmarks. */
export function makeManifest(options: {
  lab: string;
  exercise: string;
  recipe: Recipe;
  dataset: Dataset;
  engine: string;
  environment: Readonly<Record<string, string>>;
  trials: readonly TrialResult[];
  excerpt?: { readonly recipe: Recipe; readonly trial: TrialResult };
}): Manifest {
  const { lab, exercise, recipe, dataset, engine, environment, trials, excerpt } = options;
  return sealManifest({
    format: 'labproof-manifest-1',
    lab,
    exercise,
    arithmetic: ARITHMETIC_VERSION,
    recipe,
    recipeHash: recipeHash(recipe),
    data: dataDigests(dataset),
    build: thisBuild(),
    engine,
    environment: { ...environment },
    trials: trials.map(trialRecord),
    ...(excerpt === undefined
      ? {}
      : {
          excerpt: {
            epochs: excerpt.recipe.epochs,
            trainLimit: excerpt.recipe.trainLimit ?? dataset.train.count,
            trial: trialRecord(excerpt.trial),
            landmarks: excerpt.trial.landmarks ?? [],
          },
        }),
  });
}

/** Adds the checksum. */
export function sealManifest(content: Omit<Manifest, 'checksum'>): Manifest {
  return { ...content, checksum: hashOf(content) };
}

/** What in a manifest is not what it is said to be, a clause each. */
export function manifestFaults(manifest: Manifest): string[] {
  const { checksum, ...content } = manifest;
  const faults: string[] = [];
  if (recipeHash(manifest.recipe) !== manifest.recipeHash) {
    faults.push('the recipe in it is not that of its recipeHash');
  }
  if (checksum !== hashOf(content)) faults.push('its content does not match its checksum');
  return faults;
}

/** A manifest as the text of a file: JSON with a trial and a landmark a line. */
export function manifestText({ trials, excerpt, checksum, ...head }: Manifest): string {
  const lines = (items: readonly unknown[], indent: string): string =>
    items.length === 0
      ? '[]'
      : `[\n${items.map((item) => `${indent}  ${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;
  const fields = Object.entries(head).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${indented(value)}`,
  );
  fields.push(`  "trials": ${lines(trials, '  ')}`);
  if (excerpt !== undefined) {
    const { landmarks, trial, ...cut } = excerpt;
    const inner = Object.entries(cut).map(
      ([name, value]) => `    ${JSON.stringify(name)}: ${value}`,
    );
    inner.push(`    "trial": ${JSON.stringify(trial)}`);
    inner.push(`    "landmarks": ${lines(landmarks, '    ')}`);
    fields.push(`  "excerpt": {\n${inner.join(',\n')}\n  }`);
  }
  fields.push(`  "checksum": ${JSON.stringify(checksum)}`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}
