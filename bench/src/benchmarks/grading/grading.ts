import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset, runTrials } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import type { Bench, Benchmark } from '../../benchmark.ts';
import { type ContestSide, median } from '../../measure/contest.ts';
import { LABPROOF, type ProgramUse, runProgram } from '../../measure/run-program.ts';
import { nodeSide } from '../../measure/side-process.ts';
import { takeTurns } from '../../measure/turns.ts';
import { Evaluator } from './evaluator.ts';
import { EXERCISES, LAB } from './lab.ts';
import { type HandedIn, type TrainedModel, writeClass } from './write-class.ts';

/**
 * Every student hands in a model of their own, an answer a question and four plots. A grading is `labproof grade` as a
 * user starts it: starting Node.js and the grading processes, loading the data, reading, evaluating, checking, comparing
 * the class, writing grades and pages. Nothing of an earlier round is used again.
 */
export const grading: Benchmark = {
  name: 'grading',
  about: 'grading a class, and the bare evaluation of its models here, in TF.js and in onnxruntime',
  rounds: 3,
  options: {
    students: { type: 'string', default: '200', help: 'the class; a quarter of it is graded too' },
    jobs: { type: 'string', default: '2', help: 'submissions side by side' },
    network: { type: 'string', default: 'perceptron', help: 'perceptron or cnn' },
    evaluations: { type: 'string', default: '20', help: 'bare evaluations of each side' },
    tfjs: { type: 'string', default: 'yes', help: 'no leaves the bare evaluation of TF.js out' },
    onnxruntime: { type: 'string', help: 'a folder with onnxruntime-node in its node_modules' },
  },
  async run(bench) {
    const network = bench.option('network');
    if (network !== 'perceptron' && network !== 'cnn') {
      throw new RangeError('--network takes perceptron or cnn');
    }
    const { handedIn, models } = await trainModels(bench, network);
    const students = Number(bench.option('students'));
    const submissions = join(bench.folder, 'class');
    await gradeClasses(bench, submissions, handedIn, models, [Math.ceil(students / 4), students]);
    await evaluateModels(bench, submissions, handedIn);
  },
};

async function trainModels(
  bench: Bench,
  network: keyof typeof EXERCISES,
): Promise<{ handedIn: HandedIn; models: readonly TrainedModel[] }> {
  const lab = new Labs().find(LAB);
  const exercise = findExercise(lab, EXERCISES[network]);
  bench.progress(`training models of ${exercise.id}`);
  const { trials } = await runTrials({
    // Perceptrons are trained as the lab says and so are in their band, as most of a class are.
    recipe:
      network === 'cnn' ? { ...exercise.recipe, epochs: 1, trainLimit: 1500 } : exercise.recipe,
    dataset: await loadDataset(exercise.recipe.dataset),
    seeds: [1, 2, 3, 4],
    engine: 'auto',
    jobs: 2,
    cacheDirectory: join(bench.folder, 'trials'),
  });
  return {
    handedIn: {
      exercise: exercise.id,
      recipe: exercise.recipe,
      questions: lab.questions.length,
    },
    models: trials.map(({ weights, result }) => ({ weights, test: result.test })),
  };
}

/** Sizes take turns like sides: what a further submission costs is the difference. */
async function gradeClasses(
  bench: Bench,
  submissions: string,
  handedIn: HandedIn,
  models: readonly TrainedModel[],
  sizes: readonly number[],
): Promise<void> {
  const jobs = bench.option('jobs');
  const uses = new Map<number, ProgramUse[]>();
  const samples = await takeTurns(
    sizes.map((size) => ({
      name: `${size} submissions`,
      async measure() {
        rmSync(submissions, { recursive: true, force: true });
        writeClass(submissions, handedIn, models, size);
        const out = join(bench.folder, 'out');
        rmSync(out, { recursive: true, force: true });
        const command = [
          LABPROOF,
          'grade',
          submissions,
          '--lab',
          LAB,
          '--out',
          out,
          '--jobs',
          jobs,
        ];
        const use = await runProgram(command);
        uses.set(size, [...(uses.get(size) ?? []), use]);
        return use.seconds;
      },
    })),
    bench.rounds,
    (text) => bench.progress(text),
  );
  bench.report({
    title: `Grading with ${jobs} jobs, ${handedIn.exercise}`,
    unit: 's',
    better: 'less',
    sides: sizes.map((size, index): ContestSide => {
      const known = uses.get(size) ?? [];
      return {
        name: `${size} submissions`,
        samples: samples[index] ?? [],
        also: {
          'processor s': median(known.map(({ processor }) => processor)),
          'most memory MiB': Math.max(...known.map(({ mebibytes }) => mebibytes)),
        },
      };
    }),
  });
}

async function evaluateModels(
  bench: Bench,
  submissions: string,
  { exercise }: HandedIn,
): Promise<void> {
  const side = (name: string): URL => new URL(`sides/${name}.ts`, import.meta.url);
  const onnx = bench.option('onnxruntime');
  const onThreads = (name: string, script: string, ...parameters: string[]): Evaluator[] =>
    ['1', '2'].map(
      (threads) =>
        new Evaluator(
          `${name}, ${threads} ${threads === '1' ? 'thread' : 'threads'}`,
          nodeSide(side(script), threads, ...parameters),
        ),
    );
  const evaluators = [
    ...onThreads('Labproof native', 'labproof', 'auto'),
    ...onThreads('Labproof wasm', 'labproof', 'wasm'),
    ...(bench.option('tfjs') === 'no'
      ? []
      : [new Evaluator('TF.js wasm, 1 process', nodeSide(side('tfjs')))]),
    ...(onnx === '' ? [] : onThreads('onnxruntime-node', 'onnx', onnx)),
  ];
  const students = readdirSync(submissions)
    .toSorted()
    .slice(0, Number(bench.option('evaluations')));
  const busy = evaluators.map((): number[] => []);
  const samples = evaluators.map((): number[] => []);
  let apart = 0;
  try {
    for (const evaluator of evaluators) await evaluator.prepare({ folder: submissions, exercise });
    for (const [round, student] of students.entries()) {
      const accuracies: number[] = [];
      for (const [index, evaluator] of evaluators.entries()) {
        bench.progress(`model ${round + 1} of ${students.length}, ${evaluator.name}`);
        const result = await evaluator.evaluate(student);
        samples[index]?.push(result.seconds * 1000);
        busy[index]?.push(result.busy * 1000);
        accuracies.push(result.accuracy);
      }
      apart = Math.max(apart, Math.max(...accuracies) - Math.min(...accuracies));
    }
    bench.report({
      title: `Bare evaluation of one model, reading it included, ${exercise}`,
      unit: 'ms',
      better: 'less',
      sides: evaluators.map(({ name, versions }, index): ContestSide => ({
        name,
        versions,
        samples: samples[index] ?? [],
        also: {
          'processor ms': median(busy[index] ?? []),
          'best processor ms': Math.min(...(busy[index] ?? [])),
        },
      })),
    });
    bench.say(`Largest difference of an accuracy: ${apart.toFixed(4)}`);
  } finally {
    for (const evaluator of evaluators) evaluator.stop();
  }
}
