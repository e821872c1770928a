// How often the sequential test of fresh seeds is wrong when the pass mark itself was measured from few runs: simulated
// calibrations of several populations, for each the exact probability of an alarm, and nights of thirty exercises.
// npm run error-rates -w packages/core
import { honestShares } from '../src/statistics/operating-curve.ts';
import { ownSpread } from '../src/statistics/spread-posterior.ts';
import { quantile } from '../src/statistics/spread.ts';
import { toleranceFactor } from '../src/statistics/tolerance.ts';
import { philoxWords } from '../src/streams/philox.ts';
import { normalQuantile, normals } from '../src/streams/normal.ts';
import { nightlyPlan, sequentialDecision } from '../src/verification/sequential-test.ts';
import { normalShare } from '../src/elementary/error-function.ts';

const EXERCISES = 30;
const LABS = 200;
const SIZES = [5, 10, 20, 59, 299];
/** Runs of the longest test. */
const MOST = 90;

/** What honest runs may pass where a mark for 1 in 200 was drawn from n normal runs: it depends on n alone. */
function sharesOf(n, k) {
  const working = Array.from({ length: n }, () => 0);
  const model = {
    kind: 'alike',
    spreadFrom: 'own',
    n,
    stuck: 0,
    working,
    centre: 0,
    sd: 1,
    spread: ownSpread(n, 1),
  };
  return honestShares(model, -k);
}

/** The first test, with marks of 95 % coverage, before any mark was taken as measured: 95 % against 70 %, 0.5 % and 4 %. */
function formerDecision(passed, failed) {
  const support = passed * Math.log(0.7 / 0.95) + failed * Math.log(0.3 / 0.05);
  if (support >= Math.log(0.96 / 0.005)) return 'sick';
  if (support <= Math.log(0.04 / 0.995)) return 'healthy';
  if (passed + failed < 60) return 'undecided';
  return support > 0 ? 'sick' : 'healthy';
}

/** The decisions after so many passes and failures, each made once. */
function table(decide) {
  const decisions = [];
  for (let passed = 0; passed <= MOST; passed += 1) {
    decisions.push([]);
    for (let failed = 0; passed + failed <= MOST; failed += 1) {
      decisions[passed].push(decide(passed, failed));
    }
  }
  return decisions;
}

/** P(alarm) where every run passes with probability p: all paths, exactly. */
function alarm(p, decisions) {
  let open = Float64Array.of(1);
  let sick = 0;
  for (let runs = 1; runs <= MOST; runs += 1) {
    const next = new Float64Array(runs + 1);
    for (let passed = 0; passed < runs; passed += 1) {
      next[passed + 1] += open[passed] * p;
      next[passed] += open[passed] * (1 - p);
    }
    for (let passed = 0; passed <= runs; passed += 1) {
      const decision = decisions[passed][runs - passed];
      if (decision === 'sick') sick += next[passed];
      if (decision !== 'undecided') next[passed] = 0;
    }
    open = next;
  }
  return sick;
}

const share = (x) => (x < 0 ? 1 - normalShare(-x) : normalShare(x));
const unit = (word) => ((word >>> 8) + 0.5) * 2 ** -24;

/** Runs from uniform numbers, and the probability that a run reaches a bound. Standard deviation about 1. */
const populations = {
  normal: {
    draw: (length, key) => normals(length, key, { mean: 0, deviation: 1, truncated: false }),
    passes: (bound) => 1 - share(bound),
  },
  // Minus a gamma of shape 4, as sharply skewed as any exercise of the labs: skewness −1.
  'skewed to the left': {
    draw: (length, key) => {
      const words = philoxWords(4 * length, key[0], key[1], 0);
      return Float64Array.from(
        { length },
        (_, at) =>
          [0, 1, 2, 3].reduce((sum, part) => sum + Math.log(unit(words[4 * at + part])), 0) / 2,
      );
    },
    passes: (bound) => {
      const x = -2 * bound;
      return x <= 0 ? 0 : 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6);
    },
  },
  'one in twenty stuck, six deviations below': {
    draw: (length, key) => {
      const words = philoxWords(2 * length, key[0], key[1], 0);
      return Float64Array.from(
        { length },
        (_, at) => normalQuantile(unit(words[2 * at])) - (unit(words[2 * at + 1]) < 0.05 ? 6 : 0),
      );
    },
    passes: (bound) => 0.95 * (1 - share(bound)) + 0.05 * (1 - share(bound + 6)),
  },
};

function boundOf(values, k) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean - k * Math.sqrt(squares / (values.length - 1));
}

const percent = (value) => `${(100 * value).toFixed(2)} %`;
const known = new Map();
function alarmAt(name, p, decisions) {
  // Shares are taken to three decimals, downwards, so that no alarm is left out.
  const rounded = Math.floor(p * 1e3) / 1e3;
  const key = `${name}/${rounded}`;
  if (!known.has(key)) known.set(key, alarm(rounded, decisions));
  return known.get(key);
}

const former = table(formerDecision);

console.log(
  '| runs are | n | alarm, one exercise, before | now | a night of 30, before | now | in the worst 5 % of labs, now | four deviations worse is missed |',
);
console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
for (const [name, { draw, passes }] of Object.entries(populations)) {
  for (const n of SIZES) {
    const formerK = toleranceFactor(n, 0.95, 0.95);
    const k = toleranceFactor(n, 0.995, 0.95);
    const plan = nightlyPlan({ kind: 'alike', shares: sharesOf(n, k) }, EXERCISES);
    const now = table((passed, failed) => sequentialDecision(passed, failed, plan));
    const nights = { before: [], now: [] };
    const all = { before: [], now: [], missed: [] };
    for (let lab = 0; lab < LABS; lab += 1) {
      const quiet = { before: 1, now: 1 };
      for (let exercise = 0; exercise < EXERCISES; exercise += 1) {
        const runs = Array.from(draw(n, [lab, exercise + 1000 * n]));
        const bound = boundOf(runs, k);
        const before = alarmAt('before', passes(boundOf(runs, formerK)), former);
        const after = alarmAt(`now/${n}`, passes(bound), now);
        all.before.push(before);
        all.now.push(after);
        all.missed.push(1 - alarmAt(`now/${n}`, passes(bound + 4), now));
        quiet.before *= 1 - before;
        quiet.now *= 1 - after;
      }
      nights.before.push(1 - quiet.before);
      nights.now.push(1 - quiet.now);
    }
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    console.log(
      `| ${name} | ${n} | ${[mean(all.before), mean(all.now), mean(nights.before), mean(nights.now), quantile(nights.now, 0.95), mean(all.missed)].map(percent).join(' | ')} |`,
    );
  }
}
