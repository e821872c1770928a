import {
  type Bands,
  type EpochOrder,
  epochOrderOf,
  operatingCurveOf,
  type Passing,
} from '@labproof/core';
import { passingRuleText } from '@labproof/core/statistics';
import type { Exercise, Lab } from '@labproof/lab';

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
  ].join('\n\n');
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
      : `${percent(point.pass)} (${percent(point.low)}–${percent(point.high)})`;
  };
  const cells = [
    `\`${id}\``,
    `${n}`,
    passing.runs === 'alike'
      ? 'alike'
      : `${passing.stuck.count} stuck (${percent(passing.stuck.low)}–${percent(passing.stuck.high)} of runs)`,
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
  return `p ${fit.p < 0.001 ? '< 0.001' : `= ${fit.p.toFixed(2)}`}, skewness ${fit.skewness.toFixed(1)}`;
}

/** With a decimal where nearly all or nearly nothing passes. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value.toFixed(value > 0 && value < 100 && Math.min(value, 100 - value) < 9.95 ? 1 : 0)} %`;
}
