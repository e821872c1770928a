import { reasonOf } from '@labproof/core';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import type { Place } from './problem.ts';

/** What is wrong with a text as YAML, and from which character on. */
export type YamlError = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

/** The way to a value in a file: names of fields and indices of lists. */
export type FieldPath = readonly PropertyKey[];

/** A file of YAML, or of JSON, which is YAML too: its value, and where each part of it stands. */
export class LocatedYaml {
  readonly file: string;
  readonly value: unknown;
  /** Why the file has no value, or one that its author cannot have meant. */
  readonly errors: readonly YamlError[];
  /** Whether it is strict JSON, in which no character can be another without a trace. */
  readonly isJson: boolean;
  readonly #text: string;
  readonly #firstLine: number;
  readonly #lines = new LineCounter();
  #document: Document.Parsed | null = null;

  /** `firstLine` is the line of the file on which `text` begins, counted from 1. */
  constructor(file: string, text: string, firstLine = 1) {
    this.file = file;
    this.#text = text;
    this.#firstLine = firstLine;
    const json = file.endsWith('.json') ? asJson(text) : undefined;
    this.isJson = json !== undefined;
    const read = json === undefined ? valueOf(this.document) : { value: json, errors: [] };
    this.value = read.value;
    this.errors = read.errors;
  }

  /** The file as a tree of nodes; JSON is taken apart only when somebody asks where something stands. */
  get document(): Document.Parsed {
    this.#document ??= parseDocument(this.#text, {
      lineCounter: this.#lines,
      merge: true,
      prettyErrors: false,
      logLevel: 'error',
    });
    return this.#document;
  }

  /** Where the value at the end of a path stands; where there is none, the nearest thing around it. */
  placeOf(path: FieldPath): Place {
    return this.placeAt(this.#walk(path).node?.range?.[0] ?? 0);
  }

  /** Where the name of a field stands. */
  placeOfKey(path: FieldPath): Place {
    const { node: parent, whole } = this.#walk(path.slice(0, -1));
    const key = whole ? (pairOf(parent, path.at(-1))?.key as Node | undefined) : undefined;
    return key?.range == null ? this.placeOf(path) : this.placeAt(key.range[0]);
  }

  placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return {
      file: this.file,
      line: Math.max(1, line) + this.#firstLine - 1,
      column: Math.max(1, col),
    };
  }

  /** The text of a single value as it is written; `null` for anything else. */
  sourceOf(path: FieldPath): string | null {
    const { node, whole } = this.#walk(path);
    return whole && isScalar(node) ? (node.source ?? null) : null;
  }

  /** Follows a path as far as it goes. */
  #walk(path: FieldPath): { readonly node: Node | null; readonly whole: boolean } {
    let node: Node | null = this.document.contents;
    for (const step of path) {
      const parent: Node | null = isAlias(node) ? (node.resolve(this.document) ?? null) : node;
      const child = isSeq(parent) ? parent.items[Number(step)] : pairOf(parent, step)?.value;
      if (child === undefined || child === null) return { node, whole: false };
      node = child as Node;
    }
    return { node, whole: true };
  }
}

function valueOf(document: Document.Parsed): {
  readonly value: unknown;
  readonly errors: readonly YamlError[];
} {
  if (document.errors.length > 0) return { value: null, errors: document.errors };
  try {
    return { value: document.toJS() as unknown, errors: [] };
  } catch (error) {
    // `*name` without `&name`, or something that cannot be merged: known only when the values are put together.
    let offset = 0;
    visit(document, {
      Alias(_, alias) {
        if (alias.resolve(document) !== undefined) return undefined;
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    const message = reasonOf(error);
    return { value: null, errors: [{ code: 'BAD_ALIAS', message, pos: [offset, offset] }] };
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pairOf(
  node: Node | null,
  name: PropertyKey | undefined,
): { key: unknown; value: unknown } | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
}
