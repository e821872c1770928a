import type { ModelPlan } from '@labproof/core';

/** One difference between two networks, as evidence shows it. */
export interface Difference {
  readonly kind: 'difference';
  readonly label: string;
  readonly expected: string;
  readonly found: string;
}

interface PlainLayer {
  readonly className: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * The differences between two networks, layer by layer; empty when they compute the same kind of function.
 * Ways of writing the same thing are no difference: an activation as a layer of its own, a Flatten in front of
 * what is flat for the other, dropout of rate 0.
 */
export function comparePlans(expected: ModelPlan, found: ModelPlan): Difference[] {
  const pairs = align(plainLayers(expected), plainLayers(found));
  const differences = pairs.flatMap(([wanted, got], index): Difference[] => {
    if (wanted !== null && got !== null && sameLayer(wanted, got)) return [];
    if (wanted !== null && got !== null && wanted.className === got.className) {
      return optionDifferences(wanted, got).map((difference) => ({
        kind: 'difference',
        label: `layer ${index + 1} (${wanted.className}): ${difference.option}`,
        expected: difference.expected,
        found: difference.found,
      }));
    }
    return [
      {
        kind: 'difference',
        label: `layer ${index + 1}`,
        expected: wanted === null ? 'no such layer' : describeLayer(wanted),
        found: got === null ? 'no such layer' : describeLayer(got),
      },
    ];
  });
  return differences;
}

/** The layers of a network in one line: "Dense (256 units, relu) → Dense (10 units, softmax)". */
export function describePlan(plan: ModelPlan): string {
  return plainLayers(plan).map(describeLayer).join(' → ');
}

function plainLayers(plan: ModelPlan): PlainLayer[] {
  const plain: PlainLayer[] = [];
  for (const [index, layer] of plan.layers.entries()) {
    const { className, config, outputShape, inbound } = layer;
    const previous = plain.at(-1);
    const onlyReshapes = className === 'Flatten' && outputShape.length === 1 && index === 0;
    if (onlyReshapes || (className === 'Dropout' && config['rate'] === 0)) continue;
    if (className === 'Activation') {
      if (config['activation'] === 'linear') continue;
      if (previous?.options['activation'] === 'linear' && inbound[0] === index - 1) {
        const options = { ...previous.options, activation: config['activation'] };
        plain[plain.length - 1] = { className: previous.className, options };
        continue;
      }
    }
    plain.push({ className, options: config });
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
