// Where the time of one step goes: every launch of a recorded step is repeated by itself and timed.
import { ENTRIES } from '../../packages/core/src/engines/cuda/entries.ts';
import { exerciseNamed, trialsOnGpu } from './engine.mjs';

const REPEATS = 50;

export async function profile({ data, tell, exercises, sideBySide }) {
  for (const name of exercises) {
    for (const count of sideBySide.slice(0, 2)) await profileOne(name, count, data, tell);
  }
}

async function profileOne(name, count, data, tell) {
  const { recipe } = exerciseNamed(name);
  const { dataset } = await data.load(recipe.dataset);
  const shorter = {
    ...recipe,
    trainLimit: recipe.batchSize,
    validation: { from: 'none' },
  };
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const recorded = [];
  const trials = await trialsOnGpu(shorter, dataset, seeds, (kernels) => {
    const { launcher } = kernels;
    const launch = launcher.launch.bind(launcher);
    launcher.launch = (entry, grid, values) => {
      recorded.push({ entry, grid, values });
      return launch(entry, grid, values);
    };
    return kernels;
  });
  trials.runEpoch();
  recorded.length = 0;
  const { launcher } = trials.kernels;
  trials.runEpoch();
  const step = [...recorded];
  const times = new Map();
  for (const { entry, grid, values } of step) {
    launcher.synchronize();
    const start = performance.now();
    for (let repeat = 0; repeat < REPEATS; repeat += 1) launcher.launch(entry, grid, values);
    launcher.synchronize();
    const micros = ((performance.now() - start) * 1000) / REPEATS;
    const key = `${entry} ${grid.x}×${grid.y ?? 1}×${count}`;
    const known = times.get(key) ?? { micros: 0, launches: 0 };
    times.set(key, { micros: known.micros + micros, launches: known.launches + 1 });
  }
  trials.release();
  const sorted = [...times].toSorted(([, a], [, b]) => b.micros - a.micros);
  const total = sorted.reduce((sum, [, { micros }]) => sum + micros, 0);
  const lines = sorted
    .slice(0, 40)
    .map(
      ([key, { micros, launches }]) =>
        `    ${micros.toFixed(1).padStart(8)} µs ${launches}× ${key}`,
    );
  tell({
    part: 'profile',
    exercise: name,
    sideBySide: count,
    total,
    kernels: Object.fromEntries(sorted),
    text: `${name}, ${count} side by side: ${step.length} launches, ${total.toFixed(0)} µs (of ${ENTRIES.size} kernels)\n${lines.join('\n')}`,
  });
}
