import type { Recipe } from '@labproof/core';
import type { Evidence } from '../../grade/evidence.ts';
import { formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer, withoutModel } from '../shared/absent.ts';
import { type Aspect, statedRecipe, validationWords } from '../shared/stated-recipe.ts';

/** What every saved Keras model that was compiled tells. */
const SAVED: readonly Aspect[] = ['optimizer', 'loss'];

const NAMES: Readonly<Record<Aspect, string>> = {
  optimizer: 'optimiser',
  'learning-rate': 'learning rate',
  loss: 'loss',
  epochs: 'epochs',
  'batch-size': 'batch size',
  validation: 'source of the validation images',
};

/** Keras stores rates as float32. */
const RATE_PRECISION = 1e-5;

/** Was the submitted model trained by the exercise's recipe, as far as the submission says? */
export function checkRecipe(
  context: CheckContext,
  { aspects = SAVED }: { readonly aspects?: readonly Aspect[] | undefined },
): Verdict {
  const recipe = context.exercise?.recipe;
  if (recipe === undefined) throw new Error('a recipe check without an exercise');
  const stated = statedRecipe(context);
  const known = aspects.flatMap((aspect) => {
    const found = stated.get(aspect);
    return found === undefined ? [] : [{ aspect, found, expected: expectedOf(recipe, aspect) }];
  });
  if (known.length === 0) {
    const absent =
      context.model === null
        ? withoutAnswer(context, 'the code of your training')
        : withoutModel(context, 'how it was compiled cannot be told');
    return (
      absent ?? {
        outcome: 'needs-review',
        message: `Neither the model nor the code says ${listed(aspects)}; it needs manual grading.`,
        advice: 'Save the whole compiled model (model.save), and show the code of its training.',
        evidence: [],
      }
    );
  }
  const differences = known.filter(
    ({ aspect, found, expected }) => !same(aspect, found.value, expected),
  );
  const evidence: Evidence[] = [
    ...differences.map(
      ({ aspect, found, expected }) =>
        ({
          kind: 'difference',
          label: `${NAMES[aspect]} (${found.source})`,
          expected: String(expected),
          found: String(found.value),
        }) as const,
    ),
    {
      kind: 'text',
      label: 'Read',
      text: known
        .map(({ aspect, found }) => `${NAMES[aspect]} ${found.value} (${found.source})`)
        .join('; '),
    },
  ];
  const notes = known
    .map(({ found }) => (found.note === undefined ? '' : ` ${found.note}`))
    .join('');
  const [first] = differences;
  if (first !== undefined) {
    return {
      outcome: 'failed',
      message: `The training differs from the exercise in ${formatPlural(differences.length, 'place')}: the ${NAMES[first.aspect]} should be ${first.expected} and is ${first.found.value}, ${first.found.source}.${notes}`,
      advice: `Train with ${aspects.map((aspect) => `${NAMES[aspect]} ${expectedOf(recipe, aspect)}`).join(', ')}.`,
      evidence,
    };
  }
  const unknown = aspects.filter((aspect) => !stated.has(aspect));
  if (unknown.length > 0) {
    return {
      outcome: 'needs-review',
      message: `${sentence(known.map(({ aspect }) => aspect))} as the exercise says, but nothing says ${listed(unknown)}; it needs manual grading.${notes}`,
      advice: `Show the code in which ${listed(unknown)} can be read.`,
      evidence,
    };
  }
  return {
    outcome: 'passed',
    message: `${sentence(aspects)} as the exercise says.${notes}`,
    advice: null,
    evidence,
  };
}

function expectedOf(recipe: Recipe, aspect: Aspect): string | number {
  switch (aspect) {
    case 'optimizer':
      return recipe.optimizer.class_name;
    case 'learning-rate':
      return recipe.optimizer.learning_rate;
    case 'loss':
      return recipe.loss;
    case 'epochs':
      return recipe.epochs;
    case 'batch-size':
      return recipe.batchSize;
    case 'validation':
      return validationWords(recipe);
  }
}

function same(aspect: Aspect, found: string | number, expected: string | number): boolean {
  if (typeof found === 'number' && typeof expected === 'number') {
    return Math.abs(found - expected) <= RATE_PRECISION * Math.abs(expected);
  }
  if (aspect === 'validation') return found === expected;
  const plain = (value: string | number): string =>
    String(value)
      .toLowerCase()
      .replaceAll(/[^a-z]/gu, '')
      // The same loss; which one fits depends on how the labels are written down.
      .replace(aspect === 'loss' ? /^sparse(?=categorical)/u : /$^/u, '');
  return plain(found) === plain(expected);
}

function listed(aspects: readonly Aspect[]): string {
  return aspects.map((aspect) => `the ${NAMES[aspect]}`).join(', ');
}

function sentence(aspects: readonly Aspect[]): string {
  const text = listed(aspects);
  const verb = aspects.length === 1 && aspects[0] !== 'epochs' ? 'is' : 'are';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${verb}`;
}
