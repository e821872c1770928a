import { Effort } from '../../effort.ts';
import { parsePython } from '../../python/parse-python.ts';
import { imagesOf } from './data-sets.ts';
import type { TorchTraining } from './training.ts';
import { sameLoops } from './loops.ts';
import { type Called, numberOf, type TrainingEvent } from './values.ts';
import { TrainingWalker } from './walker.ts';
import { isLoss, lastOf, readLoss, readOptimizer, readSchedule } from './words.ts';

/** Longer pieces are data. */
const LONGEST = 400_000;
/** Steps for the code of one submission. */
const MOST_PARSED = 1_000_000;
const MOST_WALKED = 300_000;
const OF_TRAINING = /\boptim\b|\boptimizer\b|\bTrainer\s{0,9}\(/u;

/** What reading all trainings of one submission may take together. */
export class TrainingEffort {
  readonly parsing: Effort = new Effort(MOST_PARSED);
  readonly walking: Effort = new Effort(MOST_WALKED);
}

/**
 * How pieces of Python, in order, train their network: the loop over epochs around the loop over a loader in which an
 * optimiser steps, or a fit of Lightning's. `null` where there is none, or several that are not the same. The code is
 * parsed and followed, never run.
 */
export function readTorchTraining(
  pieces: readonly string[],
  { parsing, walking }: TrainingEffort = new TrainingEffort(),
): TorchTraining | null {
  if (!pieces.some((piece) => OF_TRAINING.test(piece))) return null;
  const walker = new TrainingWalker(walking);
  let whole = true;
  for (const piece of pieces) {
    if (piece.length > LONGEST || parsing.isOver) {
      whole = false;
      continue;
    }
    const program = parsePython(piece, parsing);
    whole &&= program.isWhole;
    walker.walk(program.statements);
  }
  const training = trainingOf(walker.events);
  if (training === null || (whole && !walking.isOver)) return training;
  const notUnderstood = [...training.notUnderstood, 'code that is too long or cut off'];
  return { ...training, notUnderstood };
}

function trainingOf(events: readonly TrainingEvent[]): TorchTraining | null {
  const steps = events.filter(({ kind, subject }) => kind === 'step' && isOptimizer(subject));
  const [step] = steps;
  if (step === undefined) return null;
  const notUnderstood: string[] = [];
  const fits = events.filter(({ kind, subject }) => kind === 'fit' && isTrainer(subject));
  const length = fits.length > 0 ? lengthOfFits(fits) : lengthOfLoops(steps);
  if (length === null) notUnderstood.push('how often the training goes through its images');
  if (steps.some(({ subject }) => subject !== step.subject)) {
    notUnderstood.push('several trainings');
  }
  notUnderstood.push(...(fits.length > 0 ? strangeFit(fits) : strangeSteps(events, steps)));
  if (events.some(({ kind }) => kind === 'clip')) notUnderstood.push('gradients that are clipped');
  // What comes after the training is no part of it: an own look at a checkpoint, another experiment.
  const until = events.findLastIndex(({ kind }) => kind === 'step' || kind === 'fit');
  const [turn] = step.loops;
  const unusual = events.filter(
    ({ kind, loops }, at) =>
      kind === 'unusual' && (at <= until || (turn !== undefined && loops[0] === turn)),
  );
  notUnderstood.push(...together(unusual));

  const optimizer = readOptimizer(step.subject);
  const loss = lossOf(events, step, fits.length > 0);
  const schedule = scheduleOf(events, step, fits.length > 0);
  for (const { problem } of [optimizer, loss, schedule]) {
    if (problem !== null) notUnderstood.push(problem);
  }
  const loader = length?.loader ?? null;
  const images = loader === null ? null : imagesOf(loader);
  if (images !== null && images.problem !== null) notUnderstood.push(images.problem);
  if (loader?.named.get('drop_last')?.type === 'data' && flagOf(loader, 'drop_last') === true) {
    notUnderstood.push('a last batch that is dropped');
  }
  for (const option of ['sampler', 'batch_sampler']) {
    if (loader?.named.has(option) === true) notUnderstood.push(`${option} of the loader`);
  }
  return {
    epochs: length?.epochs ?? null,
    batchSize: loader === null ? null : batchSizeOf(loader),
    shuffle: loader === null ? null : flagOf(loader, 'shuffle'),
    optimizer: optimizer.found,
    loss: loss.found?.loss ?? null,
    takes: loss.found?.takes ?? null,
    labelSmoothing: loss.found?.labelSmoothing ?? null,
    schedule: schedule.found,
    images:
      images === null || images.count === null ? null : { count: images.count, of: images.of },
    keepsBest: events.some(
      ({ kind, conditional, loops }) =>
        kind === 'keep' && conditional && turn !== undefined && loops[0] === turn,
    ),
    notUnderstood,
  };
}

/** Each note once, with the calls that it is told of: `what (A, B)`. */
function together(events: readonly TrainingEvent[]): string[] {
  const calls = new Map<string, Set<string>>();
  for (const { note = '', by = null } of events) {
    const names = calls.get(note) ?? new Set();
    calls.set(note, by === null ? names : names.add(by));
  }
  return [...calls].map(([note, names]) =>
    names.size === 0 ? note : `${note} (${[...names].join(', ')})`,
  );
}

/** What makes the steps of a loop others than one a batch. */
function strangeSteps(events: readonly TrainingEvent[], steps: readonly TrainingEvent[]): string[] {
  const [step] = steps;
  if (step === undefined) return [];
  const strange: string[] = [];
  const beside = (kind: TrainingEvent['kind']): TrainingEvent[] =>
    events.filter((event) => event.kind === kind && sameLoops(event.loops, step.loops));
  const isGathered =
    step.conditional ||
    !beside('zero').some(({ conditional }) => !conditional) ||
    !beside('backward').some(({ conditional }) => !conditional);
  if (isGathered)
    strange.push('gradients that are gathered over several batches, or no step for some');
  if (steps.filter(({ loops }) => sameLoops(loops, step.loops)).length > 1) {
    strange.push('several steps for a batch');
  }
  const ends = events.some(({ kind, loops }) => {
    const last = loops.at(-1);
    return kind === 'leave' && last !== undefined && step.loops.includes(last);
  });
  if (ends) strange.push('a loop that may end early');
  const [optimized] = step.subject.positional;
  const [of] = optimized?.type === 'called' ? optimized.positional : [];
  if (
    of?.type === 'called' &&
    !of.path.endsWith('.Sequential') &&
    of.path.startsWith('torch.nn.')
  ) {
    strange.push('an optimiser of some of the weights');
  }
  return strange;
}

/** Options of Lightning's Trainer that change nothing about what is trained. */
const IDLE =
  /^(?:max_epochs|accelerator|devices|num_nodes|logger|enable_\w+|log_every_n_steps|default_root_dir|deterministic|benchmark|num_sanity_val_steps|check_val_every_n_epoch|limit_(?:val|test|predict)_batches|inference_mode|profiler|gpus|progress_bar_refresh_rate|weights_summary|checkpoint_callback)$/u;
const CHANGING_CALLBACKS =
  /(?:EarlyStopping|StochasticWeightAveraging|GradientAccumulationScheduler|BatchSizeFinder|LearningRateFinder|Finetuning|Pruning\w*)$/u;

function strangeFit(fits: readonly TrainingEvent[]): string[] {
  return fits.flatMap(({ subject }) => [
    ...(subject.unclear ? ['an option of Trainer'] : []),
    ...[...subject.named].flatMap(([name, value]): string[] => {
      if (IDLE.test(name)) return [];
      if (name === 'precision') {
        const plain = value.type === 'data' && /^32(?:-true)?$/u.test(String(value.data));
        return plain ? [] : ['mixed precision'];
      }
      const items = value.type === 'list' ? value.items : [value];
      const isIdle =
        name === 'callbacks' &&
        items.every((item) => item.type === 'called' && !CHANGING_CALLBACKS.test(item.path));
      return isIdle ? [] : [`${name} of Trainer`];
    }),
  ]);
}

interface Length {
  readonly epochs: number | null;
  readonly loader: Called | null;
}

/** One loop over numbers around one over a loader; a loader alone is one epoch. `null` for anything else. */
function lengthOfLoops(steps: readonly TrainingEvent[]): Length | null {
  const [first, ...others] = steps.map(({ loops }) => loops);
  if (first === undefined || others.some((loops) => !sameLoops(loops, first))) return null;
  if (others.length > 0 && !first.some(({ over }) => over === 'numbers')) return null;
  const inner = first.at(-1);
  if (inner === undefined || inner.over === 'numbers' || first.length > 2) return null;
  const loader = inner.over === 'loader' ? inner.loader : null;
  const [outer] = first;
  if (first.length === 1) return loader === null ? null : { epochs: 1, loader };
  return { epochs: outer?.over === 'numbers' ? outer.turns : null, loader };
}

function lengthOfFits(fits: readonly TrainingEvent[]): Length | null {
  const [fit] = fits;
  if (fit === undefined || fits.length > 1 || fit.loops.length > 0) return null;
  const loader = fit.given[1];
  return {
    epochs: numberOf(fit.subject.named.get('max_epochs')),
    loader: loader?.type === 'called' && isLoader(loader) ? loader : null,
  };
}

function lossOf(
  events: readonly TrainingEvent[],
  step: TrainingEvent,
  fits: boolean,
): ReturnType<typeof readLoss> {
  const beside = events.filter(
    ({ kind, subject, loops }) =>
      kind === 'loss' && isLoss(subject.path) && (fits || sameLoops(loops, step.loops)),
  );
  const [first, ...others] = beside;
  if (first === undefined) return { found: null, problem: 'the loss' };
  const names = new Set([first, ...others].map(({ subject }) => lastOf(subject.path)));
  return names.size > 1 ? { found: null, problem: 'several losses' } : readLoss(first.subject);
}

function scheduleOf(
  events: readonly TrainingEvent[],
  step: TrainingEvent,
  fits: boolean,
): ReturnType<typeof readSchedule> {
  const [first, ...others] = events.filter(
    ({ kind, subject }) => kind === 'step' && /\.lr_scheduler\.\w+$/u.test(subject.path),
  );
  if (first === undefined) return { found: null, problem: null };
  const name = lastOf(first.subject.path);
  if (others.length > 0 || first.conditional) return { found: null, problem: `when ${name} steps` };
  if (!fits && events.indexOf(first) < events.indexOf(step)) {
    return { found: null, problem: `${name}, which steps before the training does` };
  }
  const once = fits || sameLoops(first.loops, step.loops.slice(0, -1));
  if (!once) return { found: null, problem: `${name}, which does not step once an epoch` };
  return readSchedule(first.subject);
}

const isOptimizer = ({ path }: Called): boolean => /(?:^|\.)optim\.\w+$/u.test(path);
const isTrainer = ({ path }: Called): boolean => /(?:^|\.)Trainer$/u.test(path);
const isLoader = ({ path }: Called): boolean => path.endsWith('DataLoader');

/** `DataLoader(dataset, batch_size=1, shuffle=False)` */
function batchSizeOf(loader: Called): number | null {
  const given = loader.named.get('batch_size') ?? loader.positional[1];
  if (given === undefined) return loader.unclear ? null : 1;
  return numberOf(given);
}

function flagOf(loader: Called, name: 'shuffle' | 'drop_last'): boolean | null {
  const given = loader.named.get(name) ?? (name === 'shuffle' ? loader.positional[2] : undefined);
  if (given === undefined) return loader.unclear ? null : false;
  return given.type === 'data' && typeof given.data === 'boolean' ? given.data : null;
}
