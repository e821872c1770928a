import type { ModelPlan } from '@labproof/core';
import { torchWords, type WordedLayer } from './torch-words.ts';

/** One difference between two networks, as evidence shows it. */
export interface Difference {
  readonly kind: 'difference';
  readonly label: string;
  readonly expected: string;
  readonly found: string;
}

type PlainLayer = WordedLayer;

/** What is known of a submitted network besides its layers, and matters when they are compared. */
export interface ComparedModel {
  readonly plan: ModelPlan;
  /** Whose words its author speaks. */
  readonly framework: 'keras' | 'pytorch';
  /** Whether it was exported for evaluation, so that it holds no dropout. */
  readonly exported: boolean;
}

/**
 * The differences between two networks, layer by layer; empty when they compute the same kind of function.
 * Ways of writing the same thing are no difference: an activation as a layer of its own, a Flatten in front of
 * what is flat for the other, dropout of rate 0.
 */
export function comparePlans(expected: ModelPlan, found: ModelPlan): Difference[] {
  return differences(plainLayers(expected), plainLayers(found), optionByOption);
}

/**
 * The differences of a submitted network to that of an exercise, in the words of its own framework. In PyTorch's, a network
 * ends in logits where one of Keras's ends in a softmax, which its loss takes; what acts in training alone is not looked
 * for where an export leaves it out.
 */
export function compareModel(expected: ModelPlan, model: ComparedModel): Difference[] {
  const kept = (plan: ModelPlan): PlainLayer[] =>
    plainLayers(plan).filter(({ className }) => !model.exported || className !== 'Dropout');
  const wanted = kept(expected);
  if (model.framework === 'keras') {
    return differences(wanted, kept(model.plan), optionByOption);
  }
  return differences(withoutSoftmax(wanted), withoutSoftmax(kept(model.plan)), wholeLayers);
}

function differences(
  expected: readonly PlainLayer[],
  found: readonly PlainLayer[],
  tell: (wanted: PlainLayer, got: PlainLayer, label: string) => Difference[],
): Difference[] {
  const describe = tell === wholeLayers ? inTorchWords : describeLayer;
  return align(expected, found).flatMap(([wanted, got], index): Difference[] => {
    const label = `layer ${index + 1}`;
    if (wanted !== null && got !== null) {
      if (sameLayer(wanted, got)) return [];
      if (wanted.className === got.className) return tell(wanted, got, label);
    }
    return [
      {
        kind: 'difference',
        label,
        expected: wanted === null ? 'no such layer' : describe(wanted),
        found: got === null ? 'no such layer' : describe(got),
      },
    ];
  });
}

function optionByOption(wanted: PlainLayer, got: PlainLayer, label: string): Difference[] {
  return optionDifferences(wanted, got).map(({ option, expected, found }) => ({
    kind: 'difference',
    label: `${label} (${wanted.className}): ${option}`,
    expected,
    found,
  }));
}

/** PyTorch's layers are a line of code each; where their words are the same, the option that differs is named. */
function wholeLayers(wanted: PlainLayer, got: PlainLayer, label: string): Difference[] {
  const [expected, found] = [inTorchWords(wanted), inTorchWords(got)];
  return expected === found
    ? optionByOption(wanted, got, label)
    : [{ kind: 'difference', label, expected, found }];
}

function inTorchWords(layer: PlainLayer): string {
  return torchWords(layer) ?? describeLayer(layer);
}

/** A softmax at the end belongs to the loss in PyTorch. */
function withoutSoftmax(layers: readonly PlainLayer[]): PlainLayer[] {
  const last = layers.at(-1);
  if (last?.options['activation'] !== 'softmax') return [...layers];
  const before = layers.slice(0, -1);
  return last.className === 'Activation'
    ? before
    : [...before, { ...last, options: { ...last.options, activation: 'linear' } }];
}

/** The layers of a network in one line: "Dense (256 units, relu) → Dense (10 units, softmax)". */
export function describePlan(
  plan: ModelPlan,
  framework: ComparedModel['framework'] = 'keras',
): string {
  return framework === 'keras'
    ? plainLayers(plan).map(describeLayer).join(' → ')
    : withoutSoftmax(plainLayers(plan)).map(inTorchWords).join(' → ');
}

function plainLayers(plan: ModelPlan): PlainLayer[] {
  const plain: PlainLayer[] = [];
  for (const [index, layer] of plan.layers.entries()) {
    const { className, config, outputShape, inbound, inputShape } = layer;
    const previous = plain.at(-1);
    const onlyReshapes = className === 'Flatten' && outputShape.length === 1 && index === 0;
    if (onlyReshapes || (className === 'Dropout' && config['rate'] === 0)) continue;
    if (className === 'Activation') {
      if (config['activation'] === 'linear') continue;
      if (previous?.options['activation'] === 'linear' && inbound[0] === index - 1) {
        const options = { ...previous.options, activation: config['activation'] };
        plain[plain.length - 1] = { ...previous, options };
        continue;
      }
    }
    plain.push({ className, options: config, inputShape });
  }
  return plain;
}

/** Pairs the layers of two networks along a longest common subsequence of classes, so that one extra layer stays one difference. */
function align(
  expected: readonly PlainLayer[],
  found: readonly PlainLayer[],
): (readonly [PlainLayer | null, PlainLayer | null])[] {
  const cost = Array.from({ length: expected.length + 1 }, () =>
    Array.from({ length: found.length + 1 }, () => 0),
  );
  const at = (i: number, j: number): number => cost[i]?.[j] ?? 0;
  const apart = (i: number, j: number): number => distance(expected[i], found[j]);
  for (let i = expected.length; i >= 0; i -= 1) {
    for (let j = found.length; j >= 0; j -= 1) {
      const row = cost[i];
      if (row === undefined || (i === expected.length && j === found.length)) continue;
      const options: number[] = [];
      if (i < expected.length && j < found.length) options.push(apart(i, j) + at(i + 1, j + 1));
      if (i < expected.length) options.push(2 + at(i + 1, j));
      if (j < found.length) options.push(2 + at(i, j + 1));
      row[j] = Math.min(...options);
    }
  }
  const pairs: (readonly [PlainLayer | null, PlainLayer | null])[] = [];
  let i = 0;
  let j = 0;
  while (i < expected.length || j < found.length) {
    const wanted = expected[i] ?? null;
    const got = found[j] ?? null;
    if (wanted !== null && got !== null && at(i, j) === apart(i, j) + at(i + 1, j + 1)) {
      pairs.push([wanted, got]);
      i += 1;
      j += 1;
    } else if (wanted !== null && at(i, j) === 2 + at(i + 1, j)) {
      pairs.push([wanted, null]);
      i += 1;
    } else {
      pairs.push([null, got]);
      j += 1;
    }
  }
  return pairs;
}

/** 0 for equal layers, 1 for the same class with other options, 3 for another class. */
function distance(a: PlainLayer | undefined, b: PlainLayer | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.className !== b.className) return 3;
  return sameLayer(a, b) ? 0 : 1;
}

function sameLayer(a: PlainLayer, b: PlainLayer): boolean {
  return a.className === b.className && optionDifferences(a, b).length === 0;
}

function optionDifferences(
  expected: PlainLayer,
  found: PlainLayer,
): { option: string; expected: string; found: string }[] {
  const names = new Set([...Object.keys(expected.options), ...Object.keys(found.options)]);
  return [...names].flatMap((option) => {
    const wanted = show(expected.options[option]);
    const got = show(found.options[option]);
    return wanted === got ? [] : [{ option, expected: wanted, found: got }];
  });
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function describeLayer({ className, options }: PlainLayer): string {
  const words = Object.entries(options)
    .filter(([option, value]) => !(option === 'use_bias' && value === true))
    .map(([option, value]) =>
      option === 'activation'
        ? show(value)
        : ['units', 'filters'].includes(option)
          ? `${show(value)} ${option}`
          : `${option} ${show(value)}`,
    );
  return words.length === 0 ? className : `${className} (${words.join(', ')})`;
}
