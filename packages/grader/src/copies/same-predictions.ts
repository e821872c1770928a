import { normalQuantile, quantile } from '@labproof/core/statistics';
import { formatCount, formatPercent } from '@labproof/submission';
import type { Finding } from './finding.ts';
import { type AlikePair, groupPairs } from './group-pairs.ts';
import type { StudentTraits } from './student-traits.ts';

/** Independent models that are needed to know how much such models agree. */
const LEAST_MODELS = 10;
/** An image is ambiguous when at least this share of the independent models differs from the majority. */
const AMBIGUOUS_SHARE = 0.1;
const LEAST_AMBIGUOUS = 30;
/** Probability that an honest class has any finding, divided among its pairs. */
const FALSE_ALARMS = 0.01;
/** Makes the median absolute deviation of a normal distribution its standard deviation: 1 / Φ⁻¹(¾). */
const MAD_TO_SD = 1.4826;
const PAIRS_SHOWN = 20;

/**
 * Models that predict the same on ambiguous test images more often than independent models do.
 *
 * The statistic of a pair is the number of ambiguous images on which both predict the same class, less what is expected
 * of two such models, in standard deviations of that residual (from medians, so that copies in the class do not hide
 * themselves). What independent models do is told by `references`
 * (predictions of trainings of the recipe with other seeds), else by the class itself. Under a normal distribution of the residuals a
 * class without copies has a finding with a probability of at most 1 %, whatever its size. Nothing is said of fewer than
 * ten independent models.
 */
export function findSamePredictions(
  exercise: string,
  peers: readonly StudentTraits[],
  references: readonly Uint8Array[],
): Finding[] {
  const models = distinct(peers);
  const byReference = references.length >= LEAST_MODELS;
  const independent = byReference ? references : models.map(({ predicted }) => predicted);
  if (models.length < 2 || independent.length < LEAST_MODELS) return [];
  const images = ambiguousImages(independent);
  if (images.length < LEAST_AMBIGUOUS) return [];
  const judges = independent.map((predicted) => pick(predicted, images));
  const own = byReference ? models.map(({ predicted }) => pick(predicted, images)) : judges;
  const { expected, sd } = independence(own, judges);
  const pairCount = (models.length * (models.length - 1)) / 2;
  const threshold = normalQuantile(1 - FALSE_ALARMS / pairCount);
  const pairs: AlikePair[] = [];
  for (const [i, a] of models.entries()) {
    for (const [j, b] of models.entries()) {
      if (j <= i) continue;
      const count = agreements(own[i], own[j]);
      const value = Math.round(((count - expected(i, j)) / sd) * 1e4) / 1e4;
      if (value > threshold) pairs.push({ a: a.student, b: b.student, value });
    }
  }
  const source = byReference
    ? `${references.length} reference trainings`
    : `the ${models.length} models of the class`;
  const expectedOf = (pair: AlikePair | undefined): number => expected(...indicesOf(pair, models));
  return groupPairs(pairs).map(({ students, pairs: members }): Finding => {
    const [first] = members;
    const [i, j] = indicesOf(first, models);
    const agree = agreements(own[i], own[j]);
    return {
      kind: 'same-predictions',
      students: [...students],
      exercise,
      question: null,
      message: `On ${formatCount(images.length)} test images on which models of ${exercise} differ, those of ${first?.a} and ${first?.b} predict the same class for ${formatPercent(agree / images.length, 1)}; independent models like these do for ${formatPercent(expectedOf(first) / images.length, 1)}. One may have been trained on from the other; the same code with the same seed gives this too.`,
      statistic: {
        name: 'agreement on ambiguous test images beyond chance, in standard deviations',
        value: first?.value ?? 0,
        threshold,
        falseAlarms: `agrees by chance in at most 1 of ${Math.round(1 / FALSE_ALARMS)} classes without copies, if the residuals are normal (${pairCount} pairs, judged by ${source})`,
      },
      pairs: members.slice(0, PAIRS_SHOWN).map(({ a, b, value }) => ({ students: [a, b], value })),
      excerpts: [],
    };
  });
}

type Evaluated = StudentTraits & { readonly predicted: Uint8Array };

/** One model for each set of identical ones, among those that were evaluated on the same images. */
function distinct(peers: readonly StudentTraits[]): Evaluated[] {
  const seen = new Set<string>();
  const length = peers.find(({ predicted }) => predicted !== null)?.predicted?.length;
  return peers.flatMap((model): Evaluated[] => {
    const { predicted, digest } = model;
    if (predicted === null || predicted.length !== length || seen.has(digest)) return [];
    seen.add(digest);
    return [{ ...model, predicted }];
  });
}

function ambiguousImages(models: readonly Uint8Array[]): number[] {
  const count = models[0]?.length ?? 0;
  const least = Math.max(2, Math.ceil(AMBIGUOUS_SHARE * models.length));
  const images: number[] = [];
  const votes = new Uint32Array(256);
  for (let image = 0; image < count; image += 1) {
    votes.fill(0);
    let most = 0;
    for (const predicted of models) {
      const vote = predicted[image] ?? 0;
      const now = (votes[vote] ?? 0) + 1;
      votes[vote] = now;
      if (now > most) most = now;
    }
    if (models.length - most >= least) images.push(image);
  }
  return images;
}

function pick(predicted: Uint8Array, images: readonly number[]): Uint8Array {
  return Uint8Array.from(images, (image) => predicted[image] ?? 0);
}

/**
 * How much two models agree that know nothing of each other: what is usual, more where either agrees much with
 * everybody, and a term for two that both do (Tukey's one degree of freedom for non-additivity), all fitted to pairs
 * with a judge in them. `sd` is the scatter around that.
 */
function independence(
  own: readonly Uint8Array[],
  judges: readonly Uint8Array[],
): { expected: (i: number, j: number) => number; sd: number } {
  const among = judges.map((a, i) =>
    judges.map((b, j) => (i === j ? Number.NaN : agreements(a, b))),
  );
  const typical = among.map((row) => median(row.filter((count) => !Number.isNaN(count))));
  const usual = median(typical);
  const judgeEffects = typical.map((count) => count - usual);
  const counts = own === judges ? among : own.map((a) => judges.map((b) => agreements(a, b)));
  const effects = own === judges ? judgeEffects : counts.map((row) => median(row) - usual);
  // Half a million pairs in a class of a thousand: they are gone through and not kept.
  const eachInnocent = (visit: (count: number, one: number, other: number) => void): void => {
    for (const [i, row] of among.entries()) {
      for (let j = i + 1; j < row.length; j += 1) {
        visit(row[j] ?? 0, judgeEffects[i] ?? 0, judgeEffects[j] ?? 0);
      }
    }
    if (own === judges) return;
    for (const [i, row] of counts.entries()) {
      for (const [j, count] of row.entries()) visit(count, effects[i] ?? 0, judgeEffects[j] ?? 0);
    }
  };
  let weight = 0;
  let product = 0;
  eachInnocent((count, one, other) => {
    weight += (one * other) ** 2;
    product += (count - usual - one - other) * one * other;
  });
  const slope = weight === 0 ? 0 : product / weight;
  const residuals: number[] = [];
  eachInnocent((count, one, other) => {
    residuals.push(count - usual - one - other - slope * one * other);
  });
  const centre = median(residuals);
  const spread = median(residuals.map((value) => Math.abs(value - centre)));
  return {
    expected: (i, j) => {
      const [one, other] = [effects[i] ?? 0, effects[j] ?? 0];
      return usual + one + other + slope * one * other + centre;
    },
    // Counts are whole: models that agree exactly alike still scatter by rounding.
    sd: Math.max(MAD_TO_SD * spread, 0.5) * smallSample(residuals.length),
  };
}

function agreements(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  if (a === undefined || b === undefined) return 0;
  let count = 0;
  for (let at = 0; at < a.length; at += 1) if (a[at] === b[at]) count += 1;
  return count;
}

function indicesOf(pair: AlikePair | undefined, models: readonly Evaluated[]): [number, number] {
  const at = (student: string | undefined): number =>
    models.findIndex((model) => model.student === student);
  return [at(pair?.a), at(pair?.b)];
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The median absolute deviation of few values is uncertain, and the model of independence is not exact; this widens it
 * until simulated classes without copies raise no more alarms than stated (300 classes of 10, 12 and 25 models).
 */
function smallSample(residuals: number): number {
  return 1 + 3.5 / Math.sqrt(residuals);
}
