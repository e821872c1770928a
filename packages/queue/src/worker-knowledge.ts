import { type Dataset, hashOf, LabproofError } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { GRADER_VERSION } from '@labproof/grader';
import { type QueuedSubmission, type QueuedTrial, recipeFamily, sameArithmetic } from './jobs.ts';

/**
 * What a worker knows by itself. Whoever can write to Redis can add jobs, so nothing is trained or graded that is not
 * of a lab which the worker has from its own disk, with data that it has checked itself.
 */
export class WorkerKnowledge {
  readonly #families: ReadonlySet<string>;
  readonly #labs: ReadonlyMap<string, Lab>;
  readonly #load: (id: string) => Promise<Dataset>;
  readonly #datasets = new Map<string, Promise<Dataset>>();

  constructor(labs: readonly Lab[], load: (id: string) => Promise<Dataset>) {
    this.#families = new Set(
      labs.flatMap(({ exercises }) => exercises.map(({ recipe }) => recipeFamily(recipe))),
    );
    this.#labs = new Map(labs.map((lab) => [hashOf(lab), lab]));
    this.#load = load;
  }

  /** The data of a trial that is of a known exercise; `null` where something about it is unknown here. */
  async datasetFor(job: QueuedTrial): Promise<Dataset | null> {
    if (!sameArithmetic(job) || !this.#families.has(recipeFamily(job.recipe))) return null;
    return this.#sameDataset(job.recipe.dataset, job.dataDigest);
  }

  /** The lab of a submission; `null` where it is unknown here or of another version. */
  labFor(job: QueuedSubmission): Lab | null {
    if (job.grader !== GRADER_VERSION || !sameArithmetic(job)) return null;
    return this.#labs.get(job.labHash) ?? null;
  }

  /** A dataset as this worker has it, loaded once; a failure is forgotten, so that data which arrive later are found. */
  async dataset(id: string): Promise<Dataset> {
    const loading = this.#datasets.get(id) ?? this.#load(id);
    this.#datasets.set(id, loading);
    try {
      return await loading;
    } catch (error) {
      this.#datasets.delete(id);
      throw error;
    }
  }

  async #sameDataset(id: string, digest: string): Promise<Dataset | null> {
    try {
      const dataset = await this.dataset(id);
      return dataset.digest === digest ? dataset : null;
    } catch (error) {
      if (error instanceof LabproofError && error.owner === 'instructor') return null;
      throw error;
    }
  }
}
