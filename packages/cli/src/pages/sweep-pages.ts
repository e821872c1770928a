import { join } from 'node:path';
import type { Recipe, TrialResult } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { type OutputFile, writeFilesTogether } from '@labproof/class';
import { findSweeps, renderSweepReport, sweepEntryOfTrials } from '@labproof/report';

/** An exercise with its finished trials. */
export interface FinishedExercise {
  readonly id: string;
  readonly recipe: Recipe;
  readonly results: readonly TrialResult[];
}

/** Writes a page for every sweep among the exercises that were run (`sweep-1.html`, …); gives their paths. */
export function writeSweeps(
  directory: string,
  lab: Lab,
  finished: readonly FinishedExercise[],
): string[] {
  const pages = findSweeps(finished).map(({ name, members }, index): OutputFile => {
    const entries = members.flatMap(({ id, value }) => {
      const exercise = finished.find((candidate) => candidate.id === id);
      if (exercise === undefined) return [];
      const { recipe, results } = exercise;
      return sweepEntryOfTrials({ exercise: id, value, recipe }, results);
    });
    const varied = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    return {
      path: `sweep-${index + 1}.html`,
      content: renderSweepReport({ lab, title: varied, varied, entries }),
    };
  });
  if (pages.length > 0) writeFilesTogether(directory, pages);
  return pages.map(({ path }) => join(directory, path));
}
