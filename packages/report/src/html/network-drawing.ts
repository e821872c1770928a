import type { ModelReading } from '@labproof/grader';
import { formatCount } from '../format.ts';
import { colour } from '../plots/palette.ts';
import { escapeXml } from '../plots/tidy-svg.ts';
import { type Markup, trusted } from './markup.ts';
import { oneLine } from './student-text.ts';

type Layer = ModelReading['layers'][number];

const STEP = 118;
const HEIGHT = 168;
const TALLEST = 104;
const BLOCK = 40;

/** More layers than these do not fit into a line. */
const MOST = 8;

/** Height of a layer's block: it doubles with every sixteenfold size, so that ten outputs still show beside 784 inputs. */
function blockHeight(size: number, largest: number): number {
  let halvings = 0;
  for (let left = size; left * 2 <= largest && halvings < 12; left *= 2) halvings++;
  return Math.max(18, TALLEST * (1 - halvings * 0.1));
}

interface Block {
  readonly name: string;
  readonly detail: string;
  readonly size: number;
}

const size = (parts: readonly number[]): number =>
  parts.reduce((product, part) => product * part, 1);

function blocksOf(layers: readonly Layer[], inputShape: readonly number[] | null): Block[] {
  const first = layers[0]?.config['batch_input_shape'] ?? layers[0]?.config['batch_shape'];
  const shape = Array.isArray(first)
    ? first.filter((part): part is number => typeof part === 'number')
    : (inputShape ?? []);
  const input: Block[] =
    shape.length === 0 ? [] : [{ name: 'Input', detail: shape.join('×'), size: size(shape) }];
  return [
    ...input,
    ...layers
      .filter((layer) => layer.class !== 'InputLayer')
      .map((layer) => {
        const activation = layer.config['activation'];
        return {
          name: oneLine(layer.class, 14),
          detail: `${layer.outputShape.join('×')}${typeof activation === 'string' ? ` ${oneLine(activation, 9)}` : ''}`,
          size: size(layer.outputShape),
        };
      }),
  ];
}

/**
 * The network drawn from left to right, a block a layer, its height by the logarithm of its outputs; `null` where it
 * would not fit. `inputShape` is the lab's, for models whose first layer does not state it.
 */
export function drawNetwork(
  layers: readonly Layer[],
  inputShape: readonly number[] | null,
  id: string,
): Markup | null {
  const blocks = blocksOf(layers, inputShape);
  if (blocks.length === 0 || blocks.length > MOST) return null;
  const largest = blocks.reduce((most, { size }) => Math.max(most, size), 1);
  const width = blocks.length * STEP;
  const middle = 10 + TALLEST / 2;
  const parts = blocks.map(({ name, detail, size }, index) => {
    const height = blockHeight(size, largest);
    const left = index * STEP + (STEP - BLOCK) / 2;
    const next = blocks[index + 1];
    const nextHeight = next === undefined ? 0 : blockHeight(next.size, largest);
    const right = left + BLOCK;
    const nextLeft = left + STEP;
    const edges =
      next === undefined
        ? ''
        : `<path d="M${right} ${middle - height / 2}L${nextLeft} ${middle - nextHeight / 2}V${middle + nextHeight / 2}L${right} ${middle + height / 2}Z" fill="${colour('band')}" opacity=".22"/>`;
    const centre = left + BLOCK / 2;
    return `${edges}<rect x="${left}" y="${middle - height / 2}" width="${BLOCK}" height="${height}" rx="6" fill="${colour(name === 'Input' ? 'axis' : 'reference')}"/><text x="${centre}" y="${TALLEST + 34}" text-anchor="middle" font-size="12" font-weight="600" fill="${colour('ink')}">${escapeXml(name)}</text><text x="${centre}" y="${TALLEST + 51}" text-anchor="middle" font-size="11.5" fill="${colour('muted')}">${escapeXml(detail)}</text>`;
  });
  const description = blocks.map(({ name, detail }) => `${name} ${detail}`).join(', then ');
  return trusted(
    `<svg xmlns="http://www.w3.org/2000/svg" class="network" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" style="max-width:${width}px" font-family="Inter, sans-serif"><title id="${id}-title">The network as it was read</title><desc id="${id}-desc">${escapeXml(description)}; ${formatCount(blocks.length)} blocks from input to output.</desc>${parts.join('')}</svg>`,
  );
}
