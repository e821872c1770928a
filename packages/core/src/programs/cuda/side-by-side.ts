import type { Dataset } from '../../datasets/dataset.ts';
import type { CudaKernels } from '../../engines/cuda/kernels.ts';
import type { ModelPlan } from '../../model/plan.ts';
import type { Recipe } from '../../recipe/recipe.ts';
import { createLossOfColumns, type LossRuntime } from '../kernels/loss.ts';
import { Network } from '../kernels/network.ts';
import { createOptimizer, type OptimizerRuntime } from '../kernels/optimizer.ts';
import { Penalty } from '../kernels/penalty.ts';
import { trainingGroup, trainingRows } from '../rows.ts';
import { layerStreams } from '../layer-streams.ts';
import type { BatchMetrics, Evaluated, Moment, TrainingProgram } from '../program.ts';
import { EpochOrders } from './epoch-orders.ts';
import { Outcomes } from './outcomes.ts';
import { DeviceSplit } from './split.ts';

/** One recipe on one dataset, from several seeds. */
export interface SideBySideSetup {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  readonly dataset: Dataset;
  readonly seeds: readonly number[];
}

/**
 * Trials of one recipe on a GPU that take every step together: one launch computes it for all of them. Their weights,
 * batches and the optimiser's averages stay on the device; orders go there and losses come back once an epoch. What
 * each trial computes is what `createKernelProgram` computes for its seed, in the same order.
 */
export class SideBySideProgram {
  readonly #kernels: CudaKernels;
  readonly #trials: number;
  readonly #batchSize: number;
  /** The largest batch, which is also the batch of an evaluation. */
  /** Most examples of one pass. */
  readonly #rows: number;
  /** Examples whose losses are summed together when weights are evaluated. */
  readonly #group: number;
  readonly #network: Network;
  readonly #loss: LossRuntime;
  readonly #optimizer: OptimizerRuntime;
  readonly #penalty: Penalty;
  readonly #train: DeviceSplit;
  readonly #test: DeviceSplit;
  readonly #orders: EpochOrders;
  readonly #outcomes: Outcomes;
  /** Evaluations of the weights as they are, of all trials; empty once a weight changes. */
  #evaluated = new Map<string, readonly Evaluated[]>();

  /** Takes the engine's memory for itself. */
  constructor(kernels: CudaKernels, setup: SideBySideSetup) {
    const { recipe, plan, dataset, seeds } = setup;
    const [first] = seeds;
    if (first === undefined || seeds.length !== kernels.launcher.trials) {
      throw new RangeError(`the engine takes ${kernels.launcher.trials} trials side by side`);
    }
    this.#kernels = kernels;
    this.#trials = seeds.length;
    this.#batchSize = recipe.batchSize;
    this.#rows = trainingRows(plan, recipe);
    this.#group = trainingGroup(recipe);
    registerStreams(kernels, plan, seeds);
    const rows = this.#rows;
    this.#network = new Network(kernels, plan, {
      rows,
      training: true,
      seed: first,
    });
    const columns = this.#network.outputLength;
    this.#loss = createLossOfColumns(recipe, kernels, this.#network, rows);
    this.#optimizer = createOptimizer(recipe, this.#network.parameters, kernels);
    this.#penalty = new Penalty(kernels, this.#network.parameters);
    this.#train = new DeviceSplit(kernels, dataset.train, recipe.inputScale, {
      rows,
      columns,
    });
    this.#test = new DeviceSplit(kernels, dataset.test, recipe.inputScale, {
      rows,
      columns,
    });
    const examples = Math.min(recipe.trainLimit ?? Infinity, dataset.train.count);
    this.#orders = new EpochOrders(kernels, {
      recipe,
      dataset,
      seeds,
      examples,
      rows,
      columns,
    });
    this.#outcomes = new Outcomes(kernels, {
      examples: Math.max(examples, dataset.test.count),
      steps: Math.ceil(examples / recipe.batchSize),
      penalties: this.#penalty.count,
      columns,
    });
    kernels.launcher.memory.seal();
  }

  /**
   * Trains every trial on its own order of the examples, in batches, and gives each trial's metrics of every batch.
   * `momentOf` tells when a batch is, from 0; `onStep` is told when it has been queued.
   */
  epoch(
    orders: readonly Int32Array[],
    momentOf: (step: number) => Moment,
    onStep?: (step: number) => void,
  ): BatchMetrics[][] {
    this.#evaluated.clear();
    const count = orders[0]?.length ?? 0;
    const labels = orders.map((order) => this.#train.labelsOf(order));
    this.#orders.load(orders, labels, momentOf(0).epoch);
    let step = 0;
    for (let start = 0; start < count; start += this.#batchSize, step += 1) {
      const rows = Math.min(this.#batchSize, count - start);
      this.#step({ start, rows, step, moment: momentOf(step) });
      onStep?.(step + 1);
    }
    return this.#outcomes.read(labels, this.#batchSize, this.#penalty);
  }

  /** What each trial's weights give on the examples `from` … `to − 1` of a part, in their stored order. */
  evaluate(part: 'train' | 'test', from: number, to: number): readonly Evaluated[] {
    const name = `${part}/${from}/${to}`;
    const known = this.#evaluated.get(name);
    if (known !== undefined) return known;
    const split = part === 'train' ? this.#train : this.#test;
    const pass = { training: false, step: 0 };
    for (let start = from; start < to; start += this.#rows) {
      const rows = Math.min(this.#rows, to - start);
      const { input, targets } = split.gatherStored(start, rows);
      this.#forward(input, targets, { at: start - from, rows, pass });
    }
    this.#outcomes.measure(this.#penalty, 0);
    const labels = split.labels.subarray(from, to);
    const batches = this.#outcomes.read(
      Array.from({ length: this.#trials }, () => labels),
      this.#group,
      null,
    );
    const penalties = this.#outcomes.penalties(this.#penalty, 0);
    const classes = this.#outcomes.classes(to - from);
    const evaluated = batches.map((own, trial): Evaluated => {
      const lossSum = own.reduce((sum, batch) => sum + batch.lossSum, 0);
      const correct = own.reduce((sum, batch) => sum + batch.correct, 0);
      return {
        loss: lossSum / (to - from) + (penalties[trial] ?? 0),
        accuracy: correct / (to - from),
        predicted: classes[trial] ?? new Uint8Array(to - from),
      };
    });
    this.#evaluated.set(name, evaluated);
    return evaluated;
  }

  /** One trial of those, as its trainer sees it. */
  view(trial: number): TrainingProgram {
    return {
      step: (indices, moment) => this.#stepOf(trial, indices, moment),
      evaluate: (part, from, to) => {
        const evaluated = this.evaluate(part, from, to)[trial];
        if (evaluated === undefined) throw new RangeError(`there is no trial ${trial}`);
        return evaluated;
      },
      readWeights: () => this.#read(trial, this.#network.parameters),
      writeWeights: (weights) => this.#write(trial, this.#network.parameters, weights),
      readSlots: () => this.#read(trial, this.#optimizer.slots),
      writeSlots: (slots) => this.#write(trial, this.#optimizer.slots, slots),
      release: () => undefined,
    };
  }

  #stepOf(trial: number, indices: Int32Array, moment: Moment): BatchMetrics {
    if (this.#trials > 1) throw new Error('trials side by side take their steps by the epoch');
    const metrics = this.epoch([indices], () => moment)[trial]?.[0];
    if (metrics === undefined) throw new RangeError('a step without examples');
    return metrics;
  }

  #step(batch: { start: number; rows: number; step: number; moment: Moment }): void {
    const { start, rows, step, moment } = batch;
    const { iterations, learningRate, momentum } = moment;
    const input = this.#orders.gather(this.#train, start, rows);
    const targets = this.#orders.targets(start);
    const pass = { training: true, step: iterations };
    const { output, losses } = this.#forward(input, targets, {
      at: start,
      rows,
      pass,
    });
    this.#orders.weighLosses(losses, start, rows);
    this.#outcomes.measure(this.#penalty, step);
    const gradient = this.#loss.backward(output, targets, rows);
    this.#orders.weighGradient(gradient, start, rows);
    this.#network.backward(gradient, rows);
    this.#penalty.addGradients();
    this.#optimizer.update(iterations, learningRate, momentum);
  }

  #forward(
    input: number,
    targets: number,
    batch: {
      at: number;
      rows: number;
      pass: { training: boolean; step: number };
    },
  ): { output: number; losses: number } {
    const { at, rows, pass } = batch;
    const losses = this.#outcomes.losses(at);
    const value = this.#network.forward(input, rows, pass);
    const output = this.#loss.forward(value, targets, losses, rows, pass);
    this.#outcomes.predict(output, at, rows);
    return { output, losses };
  }

  #read(
    trial: number,
    arrays: readonly { readonly pointer: number; readonly length: number }[],
  ): Float32Array[] {
    const { launcher } = this.#kernels;
    launcher.launches.submit();
    return arrays.map(({ pointer, length }) => {
      const values = new Float32Array(length);
      launcher.memory.download(trial, pointer, values);
      return values;
    });
  }

  #write(
    trial: number,
    arrays: readonly { readonly pointer: number; readonly length: number }[],
    values: readonly Float32Array[],
  ): void {
    const { launcher } = this.#kernels;
    this.#evaluated.clear();
    launcher.launches.submit();
    for (const [index, { pointer, length }] of arrays.entries()) {
      const array = values[index];
      if (array?.length !== length) {
        throw new RangeError(`array ${index} should hold ${length} values`);
      }
      launcher.memory.upload(trial, pointer, array);
    }
  }
}

/** Says which keys the masks of each trial are drawn with. */
function registerStreams(kernels: CudaKernels, plan: ModelPlan, seeds: readonly number[]): void {
  const streams = seeds.map((seed) => layerStreams(plan, seed));
  for (const [index, { className }] of plan.layers.entries()) {
    if (className !== 'Dropout') continue;
    kernels.keys.register(streams.map((own) => own[index]?.('dropout') ?? [0, 0]));
  }
}
