import { type DataDigests, dataDigests, type Dataset, shareDataset } from '@labproof/core';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import type { Context } from '../program/context.ts';

/** A dataset as the night trains on it. */
export interface NightData {
  readonly dataset: Dataset;
  /** Of the arrays in memory. */
  readonly digests: DataDigests;
  /** Stored files that were damaged and fetched again, a clause each. */
  readonly mended: readonly string[];
}

/** The datasets of a night: each is read, digested and put into memory that threads share once. */
export class TonightsData {
  readonly #context: Context;
  readonly #loaded = new Map<string, Promise<NightData>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Throws a `LabproofError` where the data cannot be had. */
  load(id: string): Promise<NightData> {
    const loaded = this.#loaded.get(id) ?? this.#read(id);
    this.#loaded.set(id, loaded);
    return loaded;
  }

  async #read(id: string): Promise<NightData> {
    const mended: string[] = [];
    const dataset = await loadDatasetWithProgress(this.#context, id, (problem) =>
      mended.push(`data: ${problem}, and was fetched again`),
    );
    return { dataset: shareDataset(dataset), digests: dataDigests(dataset), mended };
  }
}
