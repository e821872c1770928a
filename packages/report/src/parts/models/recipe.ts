import { type EpochOrder, epochOrderOf, type Recipe } from '@labproof/core';
import { formatCount, formatPercent, formatPlural } from '../../format.ts';
import { layerText } from './architecture.ts';
import { type Child, html, type Markup } from '../../document/markup.ts';

/** `decaySteps` and `learning_rate` as words. */
const words = (name: string): string =>
  name
    .replace(/_/g, ' ')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();

/** Options that say nothing when they are zero. */
const OFF_AT_ZERO: ReadonlySet<string> = new Set(['decay', 'momentum', 'cooldown', 'minDelta']);

function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Options in words, as `learning rate 0.001, rho 0.9, nesterov`; what is switched off is left out. */
function settingsText(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .filter(([name, value]) => Boolean(value) || (value === 0 && !OFF_AT_ZERO.has(name)))
    .map(([name, value]) => {
      if (value === true) return words(name);
      if (name === 'kind') return String(value);
      if (isOptions(value)) return `${words(name)} (${settingsText(value)})`;
      return `${words(name)} ${Array.isArray(value) ? value.join(' / ') : String(value)}`;
    })
    .join(', ');
}

const EXAMPLES: Readonly<Record<Recipe['validation']['from'], string>> = {
  split: 'the last share of the training set',
  test: 'the test set',
  none: 'none',
};

/** In which order the epochs take the examples, in words. */
const ORDER: Readonly<Record<EpochOrder, string>> = {
  'new-every-epoch': 'a new order every epoch',
  'same-every-epoch': 'one order that every epoch repeats',
  stored: 'in the order of the data',
};

/** A recipe's optional parts by the words for them. */
function extras(recipe: Recipe): (readonly [string, string])[] {
  const { classWeight, schedule, reduceOnPlateau, earlyStopping, augmentation } = recipe;
  const { semantics, labelSmoothing } = recipe;
  return (
    [
      ['Class weights', classWeight?.join(' / ')],
      ['Learning rate over time', schedule && settingsText(schedule)],
      ['On a plateau', reduceOnPlateau && settingsText(reduceOnPlateau)],
      ['Stops early', earlyStopping && settingsText(earlyStopping)],
      ['Augmentation', augmentation && settingsText(augmentation)],
      ['Label smoothing', labelSmoothing === undefined ? undefined : String(labelSmoothing)],
      ['Formulas', semantics === undefined ? undefined : 'those of PyTorch'],
    ] as const
  ).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}

const row = (name: string, content: Child): Markup =>
  html`<dt>${name}</dt>
    <dd>${content}</dd>`;

function layersRow(recipe: Recipe): Markup {
  return html`<dt>Layers</dt>
    <dd>
      ${recipe.inputShape.join(' × ')} inputs
      <ol class="plain">
        ${recipe.model.layers.map(
          ({ class_name, config }) => html`<li>${layerText(class_name, config)}</li>`,
        )}
      </ol>
    </dd>`;
}

/** Everything that determines a training run but its seed, in words; `layers` may stand elsewhere on the page. */
export function renderRecipe(
  recipe: Recipe,
  shown: { layers: boolean } = { layers: true },
): Markup {
  const { optimizer, validation, trainLimit } = recipe;
  const { class_name, ...options } = optimizer;
  return html`<dl class="provenance">
    ${row('Data', [
      recipe.dataset,
      recipe.inputScale === '1/255' ? ', bytes divided by 255' : ', bytes as they are',
      trainLimit !== null && `, the first ${formatCount(trainLimit)} training examples only`,
    ])}
    ${shown.layers && layersRow(recipe)} ${row('Loss', recipe.loss.replaceAll('_', ' '))}
    ${row('Optimiser', `${class_name}: ${settingsText(options)}`)}
    ${row('Length', [
      `${formatPlural(recipe.epochs, 'epoch')}, batches of ${formatCount(recipe.batchSize)}`,
      `, ${ORDER[epochOrderOf(recipe)]}`,
    ])}
    ${row('Validation examples', [
      EXAMPLES[validation.from],
      validation.from === 'split' && ` (${formatPercent(validation.share, 0)})`,
    ])}
    ${extras(recipe).map(([name, text]) => row(name, text))}
  </dl>`;
}
