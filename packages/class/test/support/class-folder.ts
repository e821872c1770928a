import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LabproofError } from '@labproof/core';
import type { BatchOptions } from '../../src/results/grade-batch.ts';
import { inThisProcess } from './in-this-process.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { modelFiles, network, seeingWeights } from '../../../submission/test/support/models.ts';
import { datasets } from '../../../grader/test/support/squares.ts';

/** A folder on the disk that a test fills and that is gone afterwards. */
export class ClassFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'labproof-batch-'));

  at(path: string): string {
    return join(this.root, path);
  }

  place(path: string, content: string | Uint8Array = ''): string {
    const full = this.at(path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  /** A submission with answers and, unless told otherwise, a model that reaches 0.9. */
  placeSubmission(folder: string, answers: string, withModel = true): void {
    this.place(`${folder}/answers.md`, answers);
    if (!withModel) return;
    for (const [path, bytes] of modelFiles(
      'models/squares-linear',
      network('linear'),
      seeingWeights(),
    )) {
      this.place(`${folder}/${path}`, bytes);
    }
  }

  /** Grades in the process of the test, unless a test says that it is about processes. */
  options(over: Partial<BatchOptions> = {}): BatchOptions {
    return {
      executor: inThisProcess,
      paths: [this.at('class')],
      lab,
      loadDataset: async (id) => {
        const dataset = datasets.get(id);
        if (dataset === undefined) throw new Error(`no dataset ${id}`);
        return dataset;
      },
      engine: 'wasm',
      jobs: 2,
      out: this.at('out'),
      ...over,
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The error that something throws. */
export async function problemOf(run: () => unknown): Promise<LabproofError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof LabproofError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
