import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  dataDigests,
  type EngineChoice,
  type Manifest,
  type ManifestVerification,
  shareDataset,
  type TrialEngineName,
  verifyManifest,
} from '@labproof/core';
import type { ThreadsOfATask } from '@labproof/core/workers';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';
import { trainRecipe } from '../training/train.ts';
import { readManifest } from './read-manifest.ts';

/** Computes a signed-off result again whole. Nothing that was kept is looked up. */
export async function verifyFile(
  context: Context,
  file: string,
  options: {
    engine: TrialEngineName;
    fallback?: EngineChoice;
    jobs?: number;
    threads?: ThreadsOfATask;
  },
): Promise<ManifestVerification> {
  const manifest = manifestIn(file);
  const dataset = shareDataset(await loadDatasetWithProgress(context, manifest.recipe.dataset));
  const nights = join(context.trialCacheDirectory, 'nights');
  await mkdir(nights, { recursive: true });
  const cacheDirectory = await mkdtemp(join(nights, 'file-'));
  try {
    return await verifyManifest(manifest, {
      data: dataDigests(dataset),
      async train(recipe, seeds, how) {
        const { trials } = await trainRecipe(context, {
          title: manifest.exercise,
          recipe,
          dataset,
          seeds,
          cacheDirectory,
          engine: options.engine,
          landmarks: how?.landmarks === true,
          ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
          ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
          ...(options.threads === undefined ? {} : { threads: options.threads }),
        });
        return trials.map(({ result }) => result);
      },
    });
  } finally {
    await rm(cacheDirectory, { recursive: true, force: true });
  }
}

function manifestIn(file: string): Manifest {
  const manifest = readManifest(file);
  if (manifest !== null && !('fault' in manifest)) return manifest;
  throw cliError('manifest-unreadable', {
    message: `${manifest === null ? `There is no file ${file}` : manifest.fault}.`,
    fix: 'Name a manifest.json that "labproof run --out" wrote, or one in the folder manifests of a lab.',
  });
}

/** What a verification of a file says on a terminal. */
export function fileText({ lab, exercise, verdict, details }: ManifestVerification): string {
  return `${[`${lab}/${exercise}`, ...details.map((detail) => `  ${detail}`), `verdict: ${verdict}`].join('\n')}\n`;
}
