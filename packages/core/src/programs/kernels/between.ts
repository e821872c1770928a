import type { Kernels, Pointer } from '../../engines/kernels.ts';
import { sizeOf } from '../../layers/layer.ts';
import type { ModelPlan } from '../../model/plan.ts';

/** A piece of memory that some layers use one after the other. */
interface Block {
  readonly pointer: Pointer;
  readonly byteLength: number;
}

/**
 * The memory of what lies between the layers of a network. In evaluation an output is needed until the last layer that takes it
 * is done, and its memory then holds another one. In training every output is looked at again on the way back; but of the gradients
 * on that way two at a time are needed, one that is taken and one that is made.
 *
 * Layers are built in the order in which they run: `begin` one, and what it allocates is its own until nobody needs it.
 */
export class Between {
  readonly #kernels: Kernels;
  readonly #training: boolean;
  readonly #rows: number;
  readonly #plan: ModelPlan;
  /** The last layer that takes each layer's output; the network's own output is needed for ever. */
  readonly #lastUse: readonly number[];
  /** What each layer's output lies in; where it is its input, that of its input. */
  readonly #blocks: Block[][] = [];
  readonly #free: Block[] = [];
  readonly #gradients: Pointer[] = [];
  #built = -1;
  #gradientsGiven = 0;

  /** `rows` is the largest number of examples in one pass. */
  constructor(
    kernels: Kernels,
    plan: ModelPlan,
    { rows, training }: { rows: number; training: boolean },
  ) {
    this.#kernels = kernels;
    this.#training = training;
    this.#rows = rows;
    this.#plan = plan;
    const lastUse = plan.layers.map((_, index) => index);
    for (const [index, { inbound }] of plan.layers.entries()) {
      for (const place of inbound) if (place >= 0) lastUse[place] = index;
    }
    if (lastUse.length > 0) lastUse[lastUse.length - 1] = Number.POSITIVE_INFINITY;
    this.#lastUse = lastUse;
  }

  /** The next layer is built. */
  begin(): void {
    this.#settle();
    this.#built += 1;
    this.#blocks.push([]);
    if (this.#training) return;
    // A block may hold the output of several layers that follow one another without memory of their own.
    const needed = new Set(this.#blocks.filter((_, index) => this.#isNeeded(index)).flat());
    for (const [index, blocks] of this.#blocks.entries()) {
      if (this.#isNeeded(index)) continue;
      for (const block of blocks)
        if (!needed.has(block) && !this.#free.includes(block)) this.#free.push(block);
      blocks.length = 0;
    }
  }

  /** Memory for what the layer that is built gives, or for what it needs meanwhile. Zeroed in training alone. */
  output(byteLength: number): Pointer {
    if (this.#training) return this.#kernels.allocate(byteLength);
    const fitting = this.#free
      .filter((block) => block.byteLength >= byteLength)
      .toSorted((a, b) => a.byteLength - b.byteLength)[0];
    if (fitting !== undefined) this.#free.splice(this.#free.indexOf(fitting), 1);
    const block = fitting ?? { pointer: this.#kernels.allocate(byteLength), byteLength };
    this.#blocks[this.#built]?.push(block);
    return block.pointer;
  }

  /** Memory for the gradient of the input of the layer that is built: another than that of the layers beside it. 0 in evaluation. */
  inputGradient(): Pointer {
    if (!this.#training) return 0;
    const turn = this.#gradientsGiven % 2;
    this.#gradientsGiven += 1;
    this.#gradients[turn] ??= this.#kernels.allocate(this.#rows * this.#largestInput() * 4);
    return this.#gradients[turn];
  }

  #largestInput(): number {
    return this.#plan.layers.reduce((most, layer) => Math.max(most, sizeOf(layer.inputShape)), 0);
  }

  #isNeeded(index: number): boolean {
    return (this.#lastUse[index] ?? index) >= this.#built;
  }

  /** A layer that took no memory gives what it was given. */
  #settle(): void {
    const blocks = this.#blocks[this.#built];
    if (blocks === undefined || blocks.length > 0) return;
    const { inbound = [] } = this.#plan.layers[this.#built] ?? {};
    blocks.push(...inbound.flatMap((place) => this.#blocks[place] ?? []));
  }
}
