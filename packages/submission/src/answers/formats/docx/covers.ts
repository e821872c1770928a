import { isOn } from './looks.ts';

/** English metric units in a line of text of 12 points, and the least side of something that covers text (3 mm). */
const EMU_A_LINE = 152_400;
const LEAST_COVER = 108_000;

/** Something that lies over the text: from which paragraph to which. */
interface Cover {
  readonly from: number;
  readonly to: number;
}

/** What lies over the text of a document, by the paragraphs that it may hide. */
export class Covers {
  readonly #covers: Cover[] = [];
  #anchor: {
    isOver: boolean;
    relative: string;
    size: [number, number];
  } | null = null;

  /** Whether something may lie over a paragraph, by its place among all. */
  hides(paragraph: number): boolean {
    return this.#covers.some(({ from, to }) => paragraph >= from && paragraph <= to);
  }

  /** An element begins. */
  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'wp:anchor') {
      const isOver = !isOn(attributes['behindDoc'] ?? '0');
      this.#anchor = { isOver, relative: '', size: [0, 0] };
      return;
    }
    const anchor = this.#anchor;
    if (anchor === null) return;
    if (/^wp:wrap(?!None$)/u.test(name)) anchor.isOver = false;
    else if (name === 'wp:positionV') anchor.relative = attributes['relativeFrom'] ?? '';
    else if (name === 'wp:extent')
      anchor.size = [Number(attributes['cx'] ?? 0), Number(attributes['cy'] ?? 0)];
  }

  /** An anchor ends, in the paragraph of this index. */
  close(here: number): void {
    const anchor = this.#anchor;
    this.#anchor = null;
    if (anchor === null || !anchor.isOver) return;
    const [width, height] = anchor.size;
    if (!(width >= LEAST_COVER && height >= LEAST_COVER)) return;
    const lines = Math.ceil(height / EMU_A_LINE);
    const isNear = ['paragraph', 'line'].includes(anchor.relative);
    // How far up it may reach from its place is not worked out: as far as it is high.
    this.#covers.push(
      isNear ? { from: here - lines, to: here + lines } : { from: 0, to: Number.POSITIVE_INFINITY },
    );
  }
}
