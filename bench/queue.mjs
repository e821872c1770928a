// What the queue costs: short trials and submissions on this machine alone and over 1, 2 and 4 workers on it, in turns.
//
//   npm run build
//   node bench/queue.mjs [--trials 60] [--students 40] [--rounds 3]
//
// Needs redis-server. Starting workers, loading data and warming up are not counted. Both sides of a trial are one
// thread that is ready: the difference is what a job pays for the queue, the file store and this command's own part.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadDataset, runTrials, shareDataset, TrialThread } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import { gradeBatch } from '@labproof/class';
import { folderStore, openQueue, QueueAddress } from '@labproof/queue';
import { writeClass } from './grading/write-class.mjs';
import { Crew } from './queue/crew.mjs';
import { describeMachine } from './trials/machine.mjs';

const { values: options } = parseArgs({
  options: {
    trials: { type: 'string', default: '60' },
    students: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
  },
});
const CREWS = [1, 2, 4];
const COUNT = Number(options.trials);
const folder = await mkdtemp(path.join(tmpdir(), 'labproof-bench-queue-'));
const lab = new Labs().find('image-recognition');
const exercise = findExercise(lab, 'mnist-mlp-relu');
const recipe = { ...exercise.recipe, epochs: 1, trainLimit: 1000 };
const dataset = shareDataset(await loadDataset('mnist'));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
/** Seeds that no earlier round has had: nothing comes from a cache. */
let nextSeed = 1;
const seeds = (count) => Array.from({ length: count }, () => nextSeed++);
let nextFolder = 1;
const fresh = () => path.join(folder, `cache-${nextFolder++}`);

/** Seconds of one run. */
async function timed(run) {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

/** As `runTrials` trains on this machine with one job, but on a thread that is ready. */
const alone = (count) =>
  runTrials({
    recipe,
    dataset,
    seeds: seeds(count),
    engine: 'auto',
    jobs: 1,
    cacheDirectory: aloneCache,
    executor: {
      async train({ trials, onFinished }) {
        for (const trial of trials) {
          await thread.train(trial);
          await onFinished(trial.key);
        }
      },
    },
  });

const over = (queue, count) =>
  runTrials({
    recipe,
    dataset,
    seeds: seeds(count),
    engine: 'auto',
    jobs: 1,
    cacheDirectory: fresh(),
    executor: queue.trials(null),
  });

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
const ms = (seconds) => (1000 * seconds).toFixed(1);

const crew = new Crew(folder);
let queue;
const aloneCache = fresh();
const thread = new TrialThread({ dataset, engine: 'auto', cacheDirectory: aloneCache });
try {
  await crew.startRedis();
  queue = await openQueue({
    address: QueueAddress.parse(crew.address),
    store: folderStore(crew.files()),
    recheck: 0,
    onNotice: (notice) => console.error(notice),
  });
  console.log(`${describeMachine()}\n`);
  const results = { alone: [], aloneProcessor: [], single: [] };
  await alone(3);
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const idle = process.cpuUsage();
    results.alone.push(await timed(() => alone(COUNT)));
    const aloneUsed = process.cpuUsage(idle);
    results.aloneProcessor.push((aloneUsed.user + aloneUsed.system) / 1e6 / COUNT);
    for (const size of CREWS) {
      await crew.grow(size);
      await crew.shrink(size);
      // Every worker loads its data and starts its thread.
      await over(queue, 6 * size);
      const before = await crew.load();
      const working = crew.processorSeconds();
      const own = process.cpuUsage();
      const seconds = await timed(() => over(queue, COUNT));
      const used = process.cpuUsage(own);
      const after = await crew.load();
      (results[size] ??= []).push({
        seconds,
        commands: (after.commands - before.commands) / COUNT,
        redis: (after.seconds - before.seconds) / COUNT,
        bytes: (after.bytes - before.bytes) / COUNT,
        memory: (after.memory - before.memory) / COUNT,
        client: (used.user + used.system) / 1e6 / COUNT,
        workers: (crew.processorSeconds() - working) / COUNT,
      });
      if (size > 1) continue;
      const oneByOne = await timed(async () => {
        for (let job = 0; job < 10; job += 1) await over(queue, 1);
      });
      const without = await timed(() => alone(10));
      results.single.push((oneByOne - without) / 10);
    }
    await crew.shrink(0);
  }
  const base = median(results.alone);
  console.log(
    `${COUNT} trials of ${exercise.id}, 1 epoch of 1,000 images, medians of ${options.rounds} rounds:\n`,
  );
  row([
    'workers',
    's to drain',
    'against 1 thread here',
    'ms a job beyond it',
    'commands a job',
    'Redis ms a job',
    'bytes a job',
    'Redis memory a job',
    'command’s own ms a job',
  ]);
  row(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:']);
  row(['none, 1 thread', base.toFixed(2), '1.00 ×', '', '', '', '', '', '']);
  for (const size of CREWS) {
    const of = (name) => median(results[size].map((result) => result[name]));
    const beyond =
      size === 1
        ? ms(
            median(results[size].map(({ seconds }, round) => seconds - results.alone[round])) /
              COUNT,
          )
        : '';
    row([
      size,
      of('seconds').toFixed(2),
      `${(of('seconds') / base).toFixed(2)} ×`,
      beyond,
      of('commands').toFixed(1),
      ms(of('redis')),
      of('bytes').toFixed(0),
      of('memory').toFixed(0),
      ms(of('client')),
    ]);
  }
  console.log(
    `\nOne trial by itself takes ${ms(median(results.single))} ms longer over the queue than on a thread here.\n`,
  );
  const beyond = results[1].map(
    ({ client, workers, redis }, round) => client + workers + redis - results.aloneProcessor[round],
  );
  console.log(
    `Processor time a job, command, worker and Redis together: ${ms(median(results.aloneProcessor))} ms here, ${ms(median(beyond))} ms more over the queue with 1 worker.\n`,
  );

  const { trials: trained } = await runTrials({
    recipe,
    dataset,
    seeds: [1, 2, 3, 4],
    engine: 'auto',
    jobs: 2,
    cacheDirectory: fresh(),
  });
  const models = trained.map(({ weights, result }) => ({ weights, test: result.test }));
  const students = Number(options.students);
  const submissions = path.join(folder, 'class');
  writeClass(submissions, exercise, lab.questions, models, students);
  const grade = (scope) =>
    gradeBatch({
      paths: [submissions],
      lab,
      loadDataset: async () => dataset,
      engine: 'auto',
      jobs: 1,
      out: fresh(),
      ...(scope === null ? {} : { executor: queue.submissions(scope) }),
    });
  const grading = { alone: [] };
  for (let round = 0; round < Number(options.rounds); round += 1) {
    grading.alone.push(await timed(() => grade(null)));
    for (const size of CREWS) {
      await crew.grow(size);
      await crew.shrink(size);
      await grade(`warm-${round}-${size}`);
      (grading[size] ??= []).push(await timed(() => grade(`${round}-${size}`)));
    }
    await crew.shrink(0);
  }
  const oneProcess = median(grading.alone);
  console.log(`${students} submissions, medians of ${options.rounds} rounds:\n`);
  row(['workers', 's to drain', 'against 1 process here']);
  row(['---', '---:', '---:']);
  row(['none, 1 process', oneProcess.toFixed(2), '1.00 ×']);
  for (const size of CREWS)
    row([
      size,
      median(grading[size]).toFixed(2),
      `${(median(grading[size]) / oneProcess).toFixed(2)} ×`,
    ]);
} finally {
  await queue?.close();
  await thread.terminate();
  await crew.stop();
  await rm(folder, { recursive: true, force: true });
}
