import {
  type Bands,
  type EpochOrder,
  epochOrderOf,
  type FurtherRuns,
  missingRuns,
  operatingCurveOf,
  type Passing,
} from '@labproof/core';
import { passingRuleText, shareText } from '@labproof/core/statistics';
import type { Exercise, Lab } from '@labproof/lab';
import { duration } from './calibration-cost.ts';

/** How the marks of a lab's exercises were drawn: what the lab asks for, and a row an exercise. */
export function marksTable(lab: Lab): string {
  const rules = new Set(
    lab.exercises.flatMap(({ bands }) =>
      bands?.passing === undefined ? [] : [passingRuleText(bands.passing.rule)],
    ),
  );
  return [
    `Asked for: ${[...rules].join('; ')}. ${orderText(lab)} [How marks are drawn, and why](../../../../docs/thresholds.md).`,
    [
      '| exercise | trials | runs | spread | pass mark | lost below | sure from | honest runs that pass | 3 sd worse | 4 sd worse | fit |',
      '|---|---:|---|---|---:|---:|---:|---:|---:|---:|---|',
      ...lab.exercises.map(row),
    ].join('\n'),
    ...missingText(lab),
  ].join('\n\n');
}

/** What it would cost until nothing between two marks has to be read, and until no sister is asked for its spread. */
function missingText({ id: lab, exercises }: Lab): string[] {
  const rows = exercises.flatMap(({ id, bands }) => {
    const { oneMark = null, ownSpread = null } = bands === null ? {} : missingRuns(bands);
    return bands === null || oneMark === null
      ? []
      : [`| \`${id}\` | ${bands.n} | ${furtherText(ownSpread)} | ${furtherText(oneMark)} |`];
  });
  if (rows.length === 0) return [];
  return [
    `Of these there are too few trials to keep both promises by one mark: what lies between the two marks is read. What is missing, and what it takes on one core (\`labproof calibrate ${lab}/EXERCISE --trials enough\`, which can be stopped and goes on where it was):`,
    [
      '| exercise | trials | until it goes by its own spread | until one mark does |',
      '|---|---:|---:|---:|',
      ...rows,
    ].join('\n'),
  ];
}

function furtherText(runs: FurtherRuns | null): string {
  return runs === null ? 'it does' : `${runs.further} more, ${duration(runs.seconds)}`;
}

/** Which order of the images the bands are of. A Keras that was seeded may have another. */
function orderText({ exercises }: Lab): string {
  const orders = exercises.map(({ bands, recipe }) => epochOrderOf(bands?.recipe ?? recipe));
  return [...new Set(orders)]
    .map((order) => {
      const those = exercises.filter((_, index) => orders[index] === order);
      const named = those.map(({ id }) => `\`${id}\``).join(', ');
      const which = those.length === exercises.length ? '' : ` for ${named}`;
      return `The bands${which} are of runs that take the images ${ORDER[order]}.`;
    })
    .join(' ');
}

const ORDER: Readonly<Record<EpochOrder, string>> = {
  'new-every-epoch':
    'in a new order in every epoch; a Keras 3 that was seeded [repeats one order](../../../../docs/keras-semantics.md#the-order-of-the-examples)',
  'same-every-epoch': 'in one order, which every epoch repeats',
  stored: 'in the order of the data',
};

function row({ id, bands }: Exercise): string {
  if (bands?.passing === undefined) return `| \`${id}\` | – | – | – | – | – | – | – | – | – | – |`;
  const { n, passing, test } = bands;
  const curve = new Map(operatingCurveOf(bands).map((point) => [point.shiftSd, point]));
  const share = (shift: number): string => {
    const point = curve.get(shift);
    return point === undefined
      ? '–'
      : `${shareText(point.pass)} (${shareText(point.low)}–${shareText(point.high)})`;
  };
  const cells = [
    `\`${id}\``,
    `${n}`,
    passing.runs === 'alike'
      ? 'alike'
      : `${passing.stuck.count} stuck (${shareText(passing.stuck.low)}–${shareText(passing.stuck.high)} of runs)`,
    spreadText(bands),
    test.accuracyLower.value.toFixed(4),
    passing.lostBelow.toFixed(4),
    passing.sureFrom.toFixed(4),
    share(0),
    share(3),
    share(4),
    fitText(passing),
  ];
  return `| ${cells.join(' | ')} |`;
}

function spreadText({ test, passing }: Bands): string {
  const { k, rank, spreadFrom } = test.accuracyLower;
  if (k === null) return `none: the ${rank === 1 ? '' : `${rank}. `}smallest run`;
  return spreadFrom === 'pooled'
    ? `pooled with ${passing?.sisters?.length ?? 0} sisters`
    : 'its own';
}

function fitText({ fit }: Passing): string {
  if (fit === null) return 'too few';
  return `p ${fit.p < 0.001 ? '< 0.001' : `= ${fit.p.toFixed(fit.p < 0.01 ? 3 : 2)}`}, skewness ${fit.skewness.toFixed(1).replace('-', '−')}`;
}
