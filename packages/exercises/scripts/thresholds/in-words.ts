import { type Bands, missingRuns, operatingCurveOf } from '@labproof/core';
import { exercisesOf, type Lab } from '@labproof/lab';
import { duration } from '../readme/calibration-cost.ts';
import { readShare } from './exercises-table.ts';

/** A class that the shares are told of. */
const CLASS = 200;

/** An exercise of many trials, one of few, and one whose runs get stuck. */
const EXAMPLES = [
  ['image-recognition', 'mnist-mlp-relu'],
  ['image-recognition', 'mnist-cnn'],
  ['deep-networks-and-convolution', 'mnist-mlp-sgd-5'],
] as const;

/** What three rows of the table of exercises mean for a class, and which marks decide about points at all. */
export function inWords(labs: readonly Lab[]): string {
  const examples = EXAMPLES.flatMap(([lab, id]) => {
    const bands = labs
      .find((one) => one.id === lab)
      ?.exercises.find((exercise) => exercise.id === id)?.bands;
    return bands === undefined || bands === null ? [] : [`- ${example(`${lab}/${id}`, bands)}`];
  });
  return [examples.join('\n'), usedText(labs)].join('\n\n');
}

function example(name: string, bands: Bands): string {
  const curve = operatingCurveOf(bands);
  const { sure = 0, lost = 0 } = curve[0] ?? {};
  const { sure: worse = 0 } = curve[4] ?? {};
  const { oneMark } = missingRuns(bands);
  const parts = [
    `\`${name}\`, ${bands.n} trials. Of ${CLASS} students who train exactly what the sheet says: points at once ${students(sure)}, to a reader ${students(readShare(curve))}, lost unread ${students(lost)}. Of ${CLASS} models that are 4 sd worse: points unread ${students(worse)}.`,
  ];
  if (oneMark !== null) {
    parts.push(
      `With ${oneMark.further} further trials (${duration(oneMark.seconds)} on one core) hardly any would be read.`,
    );
  }
  const { runs, stuck } = bands.passing ?? {};
  if (runs === 'may-stick' && stuck !== undefined) {
    const share = stuck.count / bands.n;
    parts.push(
      `Those who wait have nearly all got a run that is stuck, as ${stuck.count} of ${bands.n} of ours did. Whoever trains five times and hands in the best has one that works in ${Math.round((1 - share ** 5) * 100)} of 100 cases.`,
    );
  }
  return parts.join(' ');
}

function students(share: number): string {
  const count = share * CLASS;
  if (count < 0.005) return 'none';
  return count < 0.95 ? 'fewer than one' : `about ${Math.round(count)}`;
}

/** Marks that no question of the lab asks for are printed, and take nobody's points. */
function usedText(labs: readonly Lab[]): string {
  const names = labs.flatMap(({ id, questions, exercises }) => {
    const used = new Set(
      questions
        .filter(({ checks }) => checks.some(({ kind }) => kind === 'metric-in-band'))
        .flatMap(exercisesOf),
    );
    return exercises.flatMap((exercise) =>
      exercise.bands === null
        ? []
        : [{ name: `\`${id}/${exercise.id}\``, used: used.has(exercise.id) }],
    );
  });
  const deciding = names.filter(({ used }) => used).map(({ name }) => name);
  return `Points hang on the marks of ${deciding.length} of the ${names.length} exercises: ${deciding.join(', ')}. No question of the labs asks whether a model reaches one of the other marks; they stand here for whoever makes a lab of these exercises, and for \`labproof verify\`.`;
}
