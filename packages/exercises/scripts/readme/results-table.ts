import { type Bands, planModel } from '@labproof/core';
import { type Exercise, type Lab, playgroundsOf } from '@labproof/lab';
import { calibrationCost } from './calibration-cost.ts';
import { marksTable } from './marks-table.ts';
import { playgroundVerdict } from './playground-verdict.ts';
import { signOffText } from './sign-off.ts';
import { stuckTable } from './stuck-runs.ts';

/** A part of a README that is written from the lab, between two markers. */
interface Section {
  readonly begin: string;
  readonly end: string;
  readonly write: (lab: Lab) => string;
}

const RESULTS: Section = {
  begin: '<!-- results: written by `npm run readme -w packages/exercises` -->',
  end: '<!-- end of results -->',
  write: (lab) => [resultsTable(lab), ...calibrationCost(lab), ...signOffText(lab)].join('\n\n'),
};
const STUCK_RUNS: Section = {
  begin: '<!-- stuck runs: written by `npm run readme -w packages/exercises` -->',
  end: '<!-- end of stuck runs -->',
  write: stuckTable,
};

const MARKS: Section = {
  begin: '<!-- marks: written by `npm run readme -w packages/exercises` -->',
  end: '<!-- end of marks -->',
  write: marksTable,
};

const PLAYGROUND: Section = {
  begin: '<!-- playground: written by `npm run readme -w packages/exercises` -->',
  end: '<!-- end of playground -->',
  write: (lab) =>
    playgroundsOf(lab)
      .map((exercise) => playgroundVerdict(lab.id, exercise))
      .join('\n\n'),
};

/** A Markdown table of what a document printed beside what repeated trials measured, one exercise a row. */
export function resultsTable(lab: Lab): string {
  return [
    '| exercise | parameters | published loss / accuracy | trials | measured test loss | training accuracy | measured test accuracy | range | published within range | pass mark |',
    '|---|---:|---:|---:|---:|---:|---:|---:|:---:|---:|',
    ...lab.exercises.map(row),
  ].join('\n');
}

/**
 * Puts what is measured into a lab's README: the table of results, which every README has, and the tables of marks and of stuck runs
 * and the verdict on a playground claim where there is a place for them. Throws when the markers of the results are gone.
 */
export function withResults(readme: string, lab: Lab): string {
  if (!readme.includes(RESULTS.begin))
    throw new Error(`the README of ${lab.id} has no "${RESULTS.begin}"`);
  return [RESULTS, MARKS, STUCK_RUNS, PLAYGROUND].reduce(
    (text, section) => withSection(text, section, lab),
    readme,
  );
}

function withSection(readme: string, { begin, end, write }: Section, lab: Lab): string {
  const from = readme.indexOf(begin);
  if (from < 0) return readme;
  const to = readme.indexOf(end, from);
  if (to < 0) throw new Error(`the README of ${lab.id} has no "${end}"`);
  return `${readme.slice(0, from + begin.length)}\n\n${write(lab)}\n\n${readme.slice(to)}`;
}

function row({ id, recipe, published, bands }: Exercise): string {
  const parameters = grouped(planModel(recipe.model).parameters);
  const { loss, accuracy } = published ?? { loss: null, accuracy: null };
  const cells = [
    `\`${id}\``,
    parameters,
    `${decimals(loss)} / ${decimals(accuracy)}`,
    ...(bands === null
      ? ['0', '–', '–', '–', '–', '–', 'not measured yet']
      : measured(bands, accuracy)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function measured({ n, length, test, epochs }: Bands, published: number | null): string[] {
  const { accuracyLower: bound } = test;
  return [
    length === 'full' ? `${n}` : `${n} (shortened)`,
    `${decimals(test.loss.mean)} ± ${decimals(test.loss.sd)}`,
    // The mean over the last epoch while the weights still changed, as Keras prints it.
    decimals(epochs.at(-1)?.accuracy.mean ?? null),
    `${decimals(test.accuracy.mean)} ± ${decimals(test.accuracy.sd)}`,
    `${decimals(test.accuracy.min)} – ${decimals(test.accuracy.max)}`,
    published === null ? '–' : within(published, test.accuracy) ? 'yes' : 'no',
    decimals(bound.value),
  ];
}

function within(value: number, { min, max }: { min: number; max: number }): boolean {
  return min <= value && value <= max;
}

function decimals(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
