import { join } from 'node:path';
import { gradeBatch } from '@labproof/class';
import { loadDataset, runTrials } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import type { OpenQueue } from '@labproof/queue';
import type { Bench } from '../../benchmark.ts';
import { takeTurns } from '../../measure/turns.ts';
import { EXERCISES, LAB } from '../grading/lab.ts';
import { writeClass } from '../grading/write-class.ts';
import type { Crew } from './crew.ts';
import { CREWS } from './trials.ts';

/** Grading a class in one process here, and over the queue. */
export async function raceSubmissions(
  bench: Bench,
  crew: Crew,
  queue: OpenQueue,
  students: number,
): Promise<void> {
  const lab = new Labs().find(LAB);
  const exercise = findExercise(lab, EXERCISES.perceptron);
  const dataset = await loadDataset(exercise.recipe.dataset);
  const { trials } = await runTrials({
    recipe: { ...exercise.recipe, epochs: 1, trainLimit: 1000 },
    dataset,
    seeds: [1, 2, 3, 4],
    engine: 'auto',
    jobs: 2,
    cacheDirectory: join(bench.folder, 'models'),
  });
  const models = trials.map(({ weights, result }) => ({ weights, test: result.test }));
  const submissions = join(bench.folder, 'class');
  const handedIn = {
    exercise: exercise.id,
    recipe: exercise.recipe,
    questions: lab.questions.length,
  };
  writeClass(submissions, handedIn, models, students);
  let runs = 0;
  const grade = async (size: number): Promise<number> => {
    runs += 1;
    const start = performance.now();
    await gradeBatch({
      paths: [submissions],
      lab,
      loadDataset: () => Promise.resolve(dataset),
      engine: 'auto',
      jobs: 1,
      out: join(bench.folder, `graded-${runs}`),
      ...(size === 0 ? {} : { executor: queue.submissions(`run-${runs}`) }),
    });
    return (performance.now() - start) / 1000;
  };
  const sides = [0, ...CREWS].map((size) => ({
    name: size === 0 ? 'none, 1 process here' : String(size),
    async measure() {
      await crew.staff(size);
      if (size > 0) await grade(size);
      return grade(size);
    },
  }));
  const samples = await takeTurns(sides, bench.rounds, (text) => bench.progress(text));
  await crew.staff(0);
  bench.report({
    title: `Workers, ${students} submissions`,
    unit: 's to drain',
    better: 'less',
    sides: sides.map(({ name }, index) => ({ name, samples: samples[index] ?? [] })),
  });
}
