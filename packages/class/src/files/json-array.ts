/**
 * Writes a JSON array with two spaces a level, one element at a time: the same text as `JSON.stringify(array, null, 2)`
 * and a line break, without all of it in memory.
 */
export class JsonArrayWriter {
  readonly #write: (text: string) => void;
  #count = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** `json`: an element from `JSON.stringify(element, null, 2)`. */
  add(json: string): void {
    // A line break inside a text is escaped in JSON, so every one here begins a line of the layout.
    const indented = json.trimEnd().replaceAll('\n', '\n  ');
    this.#write(`${this.#count === 0 ? '[\n' : ',\n'}  ${indented}`);
    this.#count += 1;
  }

  end(): void {
    this.#write(this.#count === 0 ? '[]\n' : '\n]\n');
  }
}

/** An element as it was added, from the text of it in such an array, from its first bracket to its last. */
export function elementAsAdded(text: string): string {
  return text.replaceAll('\n  ', '\n');
}
