import type { LayerConfig, Recipe } from '@labproof/core';
import type { ModelReading } from '@labproof/grader';
import { formatCount } from '../../format.ts';
import { type Child, html, type Markup } from '../../document/markup.ts';
import { oneLine } from '../answers/student-text.ts';

type Layer = ModelReading['layers'][number];

/** Options that define what a layer computes; names and initialisers do not count as differences. */
const COMPARED = [
  'units',
  'filters',
  'kernel_size',
  'strides',
  'padding',
  'pool_size',
  'activation',
  'rate',
  'use_bias',
] as const;

/** Keras's defaults, left out of a description where both sides mean the same. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  use_bias: true,
  padding: 'valid',
  activation: 'linear',
};

/** Steps of one for a kernel, of its own size for a pool: what Keras takes when nothing is said. */
function stridesAreUsual(config: Readonly<Record<string, unknown>>): boolean {
  const usual = Object.hasOwn(config, 'pool_size') ? config['pool_size'] : [1, 1];
  return JSON.stringify(config['strides']) === JSON.stringify(usual);
}

function optionOf(config: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(config, name) ? config[name] : DEFAULTS[name];
}

function optionText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return oneLine(String(value), 40);
  }
  if (Array.isArray(value)) {
    return value.map((part) => (typeof part === 'number' ? String(part) : '?')).join('×');
  }
  return 'something else';
}

interface LayerWord {
  readonly text: string;
  readonly differs: boolean;
}

/** A layer in words, each option marked where the other side has it otherwise. */
export function layerWords(
  name: string,
  config: Readonly<Record<string, unknown>>,
  other: { name: string; config: Readonly<Record<string, unknown>> } | null,
): LayerWord[] {
  const words: LayerWord[] = [
    { text: oneLine(name, 60), differs: other !== null && other.name !== name },
  ];
  for (const option of COMPARED) {
    const value = optionOf(config, option);
    const beside = other === null ? undefined : optionOf(other.config, option);
    const differs =
      other !== null && other.name === name && JSON.stringify(value) !== JSON.stringify(beside);
    if (value === undefined || value === null) continue;
    if (!differs && option in DEFAULTS && option !== 'activation' && value === DEFAULTS[option])
      continue;
    if (!differs && option === 'strides' && stridesAreUsual(config)) continue;
    if (option === 'activation' && !Object.hasOwn(config, 'activation') && !differs) continue;
    const bare = option === 'activation' || option === 'padding';
    words.push({
      text: bare ? optionText(value) : `${optionText(value)} ${option.replace(/_/g, ' ')}`,
      differs,
    });
  }
  return words;
}

function renderWords(words: readonly LayerWord[]): Child {
  return words.map(({ text, differs }, index) => [
    index > 1 ? ', ' : ' ',
    differs
      ? html`<span class="differs">${text}</span>`
      : index === 0
        ? html`<b>${text}</b>`
        : text,
  ]);
}

const asSide = (layer: LayerConfig): { name: string; config: Record<string, unknown> } => ({
  name: layer.class_name,
  config: layer.config,
});

/** Layers that only name the input say nothing about the network. */
const isInput = (name: string): boolean => name === 'InputLayer';

/** A layer's name and those of the layers whose outputs it takes: "add ← dense, dense_1". */
function wiring({ name, inputs }: Layer): string {
  return `${oneLine(name, 40)} ← ${(inputs ?? []).map((input) => oneLine(input, 40)).join(', ')}`;
}

/** Layers in a table: handed-in ones beside those of the lab with every difference marked, or (without a recipe) on their own. */
export function renderArchitecture(
  layers: readonly Layer[],
  recipe: Recipe | null,
  label: string,
  heading: string = 'Handed in',
): Markup {
  const found = layers.filter((layer) => !isInput(layer.class));
  const asked = (recipe?.model.layers ?? []).filter(({ class_name }) => !isInput(class_name));
  const isGraph = found.some(({ inputs }) => inputs !== undefined);
  const count = Math.max(found.length, recipe === null ? 0 : asked.length);
  const rows = Array.from({ length: count }, (_, index) => {
    const own = found[index];
    const wanted = asked[index];
    const ownSide = own === undefined ? null : { name: own.class, config: own.config };
    const wantedSide = wanted === undefined ? null : asSide(wanted);
    const extra = recipe !== null && wantedSide === null;
    const ownText: Child =
      ownSide === null
        ? html`<span class="differs">missing</span>`
        : [
            renderWords(layerWords(ownSide.name, ownSide.config, wantedSide)),
            extra && html` <span class="differs">not in the lab</span>`,
          ];
    const wantedText: Child =
      wantedSide === null
        ? html`<span class="absent">no layer</span>`
        : renderWords(layerWords(wantedSide.name, wantedSide.config, null));
    return html`<tr>
      <th scope="row">${index + 1}</th>
      <td>${ownText}</td>
      ${isGraph && html`<td>${own === undefined ? '' : wiring(own)}</td>`}
      ${recipe !== null && html`<td>${wantedText}</td>`}
      <td class="right num">${own === undefined ? '' : own.outputShape.join(' × ')}</td>
      <td class="right num">${own === undefined ? '' : formatCount(own.parameters)}</td>
    </tr>`;
  });
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">${heading}</th>
          ${isGraph && html`<th scope="col">Name, and what it takes</th>`}
          ${recipe !== null && html`<th scope="col">The lab asks for</th>`}
          <th scope="col" class="right">Output</th>
          <th scope="col" class="right">Parameters</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** A layer in plain words, as `Dense 256 units, relu`. */
export function layerText(name: string, config: Readonly<Record<string, unknown>>): string {
  const [first, ...options] = layerWords(name, config, null).map(({ text }) => text);
  return `${first ?? ''} ${options.join(', ')}`.trim();
}
