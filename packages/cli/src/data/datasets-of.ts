import type { Dataset } from '@labproof/core';
import type { GradeSummary } from '@labproof/grader';
import type { Context } from '../program/context.ts';
import { loadDatasetWithProgress } from './load-dataset.ts';

/** The datasets on which models of these grades were evaluated. */
export async function datasetsOf(
  context: Context,
  summaries: readonly GradeSummary[],
): Promise<ReadonlyMap<string, Dataset>> {
  const ids = new Set(
    summaries.flatMap(({ models }) =>
      models.flatMap(({ evaluation }) => evaluation?.dataset ?? []),
    ),
  );
  const datasets = new Map<string, Dataset>();
  for (const id of ids) datasets.set(id, await loadDatasetWithProgress(context, id));
  return datasets;
}
