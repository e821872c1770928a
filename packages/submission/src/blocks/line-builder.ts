import type { Appearance } from './styles/appearance.ts';
import type { ImageReference, TextLine, UnsaidText } from './block.ts';

/** Puts lines together from pieces of text, each as it appears on the page. */
export class LineBuilder {
  readonly lines: TextLine[] = [];
  #text = '';
  #unsaid: UnsaidText[] = [];
  #images: ImageReference[] = [];

  add(text: string, appearance: Appearance): void {
    if (appearance === 'shown') this.#text += text;
    else if (text.trim() !== '') {
      const last = this.#unsaid.at(-1);
      if (last?.why === appearance) {
        this.#unsaid[this.#unsaid.length - 1] = {
          text: last.text + text,
          why: appearance,
        };
      } else this.#unsaid.push({ text, why: appearance });
    }
  }

  picture(image: ImageReference): void {
    this.#images.push(image);
  }

  /** Ends the line; `shape` says what it is like, from its visible text. */
  end(shape: (text: string, images: readonly ImageReference[]) => Omit<TextLine, 'unsaid'>): void {
    const unsaid = this.#unsaid;
    const line = shape(this.#text, this.#images);
    this.lines.push(unsaid.length === 0 ? line : { ...line, unsaid });
    this.#text = '';
    this.#unsaid = [];
    this.#images = [];
  }
}

/** Whether there is anything on a line, seen or not. */
export function holdsAnything({ text, unsaid, images }: TextLine): boolean {
  return text.trim() !== '' || images.length > 0 || unsaid !== undefined;
}
