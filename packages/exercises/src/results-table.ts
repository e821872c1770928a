import { type Bands, type Exercise, type Lab, planModel } from '@labproof/core';

const BEGIN = '<!-- results: written by `npm run readme -w packages/exercises` -->';
const END = '<!-- end of results -->';

/** A Markdown table of what a document printed beside what repeated trials measured, one exercise a row. */
export function resultsTable(lab: Lab): string {
  return [
    '| exercise | parameters | published loss / accuracy | trials | measured test loss | measured test accuracy | range | published within range | pass mark |',
    '|---|---:|---:|---:|---:|---:|---:|:---:|---:|',
    ...lab.exercises.map(row),
  ].join('\n');
}

/** Puts a lab's current table of results between the markers of its README. Throws when the markers are gone. */
export function withResults(readme: string, lab: Lab): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`the README of ${lab.id} has no "${BEGIN}" … "${END}"`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${resultsTable(lab)}\n\n${readme.slice(end)}`;
}

function row({ id, recipe, published, bands }: Exercise): string {
  const parameters = grouped(planModel(recipe.model).parameters);
  const { loss, accuracy } = published ?? { loss: null, accuracy: null };
  const cells = [
    `\`${id}\``,
    parameters,
    `${decimals(loss)} / ${decimals(accuracy)}`,
    ...(bands === null ? ['0', '–', '–', '–', '–', 'not measured yet'] : measured(bands, accuracy)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function measured({ n, length, test }: Bands, published: number | null): string[] {
  const { accuracyLower: bound } = test;
  return [
    length === 'full' ? `${n}` : `${n} (shortened)`,
    `${decimals(test.loss.mean)} ± ${decimals(test.loss.sd)}`,
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
