import { compareSamples, proportionInterval, shareText } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import { fatesOf, type Framework, modelBy, type Population, populationsOf } from './populations.ts';

const FRAMEWORKS: readonly (readonly [Framework, string])[] = [
  ['keras', 'Keras'],
  ['pytorch', 'PyTorch'],
];

/** Runs of other frameworks beside ours: whether they come from one population, and whether their students pass. */
export function populationTable(labs: readonly Lab[]): string {
  const all = FRAMEWORKS.map(
    ([framework, title]) => [title, populationsOf(labs, framework)] as const,
  );
  return [
    [
      '| exercise | framework | runs | test accuracy | ours | effect in sd (95 %) | spread (95 %) | rank test | pass | unread / read / lost |',
      '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|',
      ...all.flatMap(([title, populations]) =>
        populations.map((population) => row(title, population)),
      ),
    ].join('\n'),
    ...all.map(([title, populations]) => summary(title, populations)),
    together(all.flatMap(([, populations]) => populations)),
  ].join('\n\n');
}

function row(title: string, population: Population): string {
  const { name, version, accuracies, bands } = population;
  const ours = bands.trials.map(({ accuracy }) => accuracy);
  // Where runs may get stuck, those that work are compared; the rank test is over all.
  const [our, their] = [modelBy(bands, ours), modelBy(bands, accuracies)];
  const { effect, low, high, spreadRatio, spreadLow, spreadHigh } = compareSamples(
    our.working,
    their.working,
  );
  const { p } = compareSamples(ours, accuracies);
  const n = accuracies.length;
  const { passed, sure, lost } = fatesOf(population);
  const cells = [
    `\`${name}\``,
    `${title} ${version}`,
    `${n}${stuckText(their.stuck)}`,
    average(accuracies),
    `${average(ours)} (${ours.length}${stuckText(our.stuck)})`,
    `${signed(effect)} (${signed(low)} to ${signed(high)})`,
    `× ${spreadRatio.toFixed(2)} (${spreadLow.toFixed(2)}–${spreadHigh.toFixed(2)})`,
    p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`,
    passText(passed, n),
    `${sure} / ${n - sure - lost} / ${lost}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What becomes of all kept runs of a framework together. */
function summary(title: string, populations: readonly Population[]): string {
  const fates = populations.map(fatesOf);
  const sum = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0);
  const runs = sum(populations.map(({ accuracies }) => accuracies.length));
  const works =
    runs - sum(populations.map(({ bands, accuracies }) => modelBy(bands, accuracies).stuck));
  const passed = sum(fates.map((fate) => fate.passed));
  const [sure, lost] = [sum(fates.map((fate) => fate.sure)), sum(fates.map((fate) => fate.lost))];
  return `**${title}**: of ${runs} runs ${works === runs ? 'all' : works} work, and ${passed} of these reach the pass mark: ${passText(passed, works)}. Points given unread: ${sure}; to a reader: ${runs - sure - lost}; lost unread: ${lost}.`;
}

/** How many runs of both there are, and whether one of them lost its points without a reader. */
function together(populations: readonly Population[]): string {
  const runs = populations.reduce((sum, { accuracies }) => sum + accuracies.length, 0);
  const lost = populations.reduce((sum, population) => sum + fatesOf(population).lost, 0);
  const [, most] = proportionInterval(lost, runs);
  return `**Both**: ${lost === 0 ? 'none' : lost} of ${runs} real runs lost its points unread; with 95 % confidence it is fewer than ${Math.ceil(most * 1000)} in 1,000.`;
}

function passText(passed: number, n: number): string {
  const [low, high] = proportionInterval(passed, n);
  return `${shareText(passed / n)} (${shareText(low)}–${shareText(high)})`;
}

function stuckText(stuck: number): string {
  return stuck === 0 ? '' : `, ${stuck} stuck`;
}

function average(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
