import type { ModelReading } from '@labproof/grader';
import { formatCount } from '../../format.ts';
import { colour } from '../../plots/palette.ts';
import { escapeXml } from '@labproof/submission';
import { type Markup, trusted } from '../../document/markup.ts';
import { oneLine } from '../answers/student-text.ts';

type Layer = ModelReading['layers'][number];

const STEP = 118;
const HEIGHT = 168;
const TALLEST = 104;
const BLOCK = 40;

/** Blocks of one line; a longer network goes on below. */
const LINE = 7;
/** More layers than these are read better in the table. */
const MOST = 28;

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

interface Placed extends Block {
  readonly height: number;
  readonly left: number;
  /** The vertical middle of the block's line. */
  readonly middle: number;
}

/** Lines of equal length, so that a network of eight layers is drawn as four and four. */
function place(blocks: readonly Block[]): Placed[] {
  const lines = Math.ceil(blocks.length / LINE);
  const perLine = Math.ceil(blocks.length / lines);
  const largest = blocks.reduce((most, { size }) => Math.max(most, size), 1);
  return blocks.map((block, index) => ({
    ...block,
    height: blockHeight(block.size, largest),
    left: (index % perLine) * STEP + (STEP - BLOCK) / 2,
    middle: Math.floor(index / perLine) * HEIGHT + 10 + TALLEST / 2,
  }));
}

const wedge = (x1: number, height1: number, x2: number, height2: number, y: number): string =>
  `<path d="M${x1} ${y - height1 / 2}L${x2} ${y - height2 / 2}V${y + height2 / 2}L${x1} ${y + height1 / 2}Z" fill="${colour('band')}" opacity=".22"/>`;

/** The connection to the next block; to the next line it leaves on the right and comes in on the left. */
function edge(from: Placed, to: Placed | undefined): string {
  if (to === undefined) return '';
  const right = from.left + BLOCK;
  if (to.middle === from.middle) {
    return wedge(right, from.height, to.left, to.height, from.middle);
  }
  const reach = (STEP - BLOCK) / 2;
  return (
    wedge(right, from.height, right + reach, from.height, from.middle) +
    wedge(to.left - reach, from.height, to.left, to.height, to.middle)
  );
}

function drawBlock({ name, detail, height, left, middle }: Placed): string {
  const centre = left + BLOCK / 2;
  const base = middle + TALLEST / 2;
  return `<rect x="${left}" y="${middle - height / 2}" width="${BLOCK}" height="${height}" rx="6" fill="${colour(name === 'Input' ? 'axis' : 'reference')}"/><text x="${centre}" y="${base + 24}" text-anchor="middle" font-size="12" font-weight="600" fill="${colour('ink')}">${escapeXml(name)}</text><text x="${centre}" y="${base + 41}" text-anchor="middle" font-size="11.5" fill="${colour('muted')}">${escapeXml(detail)}</text>`;
}

/**
 * The network drawn from left to right, a block a layer, its height by the logarithm of its outputs; `null` where it
 * would not fit, or has branches. `inputShape` is the lab's, for models whose first layer does not state it.
 */
export function drawNetwork(
  layers: readonly Layer[],
  inputShape: readonly number[] | null,
  id: string,
): Markup | null {
  if (layers.some(({ inputs }) => inputs !== undefined)) return null;
  const blocks = blocksOf(layers, inputShape);
  if (blocks.length === 0 || blocks.length > MOST) return null;
  const placed = place(blocks);
  const parts = placed.map((block, index) => edge(block, placed[index + 1]) + drawBlock(block));
  const width = placed.reduce((most, { left }) => Math.max(most, left), 0) + (STEP + BLOCK) / 2;
  const height = (placed.at(-1)?.middle ?? 0) - 10 - TALLEST / 2 + HEIGHT;
  const description = blocks.map(({ name, detail }) => `${name} ${detail}`).join(', then ');
  return trusted(
    `<svg xmlns="http://www.w3.org/2000/svg" class="network" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="max-width:${width}px" font-family="Inter, sans-serif"><title id="${id}-title">The network, layer by layer</title><desc id="${id}-desc">${escapeXml(description)}; ${formatCount(blocks.length)} blocks from input to output.</desc>${parts.join('')}</svg>`,
  );
}
