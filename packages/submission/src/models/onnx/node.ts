import type { NodeMessage } from './messages.ts';
import { damaged, notComputed, OnnxProblem } from './problem.ts';
import type { Constant } from './tensors.ts';
import type { Dynamic, Value } from './values.ts';

/** One node with what its inputs are: reads its attributes, each with ONNX's default. */
export class Node {
  readonly message: NodeMessage;
  /** The version of the operators that the file is written in. */
  readonly operatorSet: number;
  /** `null` for inputs that are left out. */
  readonly inputs: readonly (Value | null)[];
  /** Whether its first output is taken once at most. */
  readonly usedOnce: boolean;

  constructor(
    message: NodeMessage,
    inputs: readonly (Value | null)[],
    about: { readonly operatorSet: number; readonly usedOnce: boolean },
  ) {
    this.message = message;
    this.inputs = inputs;
    this.operatorSet = about.operatorSet;
    this.usedOnce = about.usedOnce;
  }

  input(place: number): Value {
    const value = this.inputs[place] ?? null;
    if (value === null) throw damaged(`lacks input ${place + 1} of the node ${this.title}`);
    return value;
  }

  /** An input that depends on the image. */
  dynamic(place = 0): Dynamic {
    const value = this.input(place);
    if (value.kind === 'dynamic') return value;
    throw notComputed(`its input ${place + 1} does not depend on the image`);
  }

  /** An input whose numbers are in the file. */
  constant(place: number): Constant {
    const value = this.input(place);
    if (value.kind === 'constant') return value;
    throw notComputed(
      `its input ${
        place + 1
      } depends on the image, and it is computed with numbers of the file alone`,
    );
  }

  has(place: number): boolean {
    return (this.inputs[place] ?? null) !== null;
  }

  /** An input's numbers as whole numbers: axes, sizes, places. */
  wholeInput(place: number): number[] {
    const { integer, read } = this.constant(place);
    if (!integer) throw damaged(`takes sizes that are no whole numbers in the node ${this.title}`);
    return [...read()];
  }

  /** Whole numbers that an attribute says in older operator sets, and an input in newer ones. */
  wholes(name: string, place: number): number[] | null {
    if (this.message.attributes.has(name)) return [...this.integers(name, [])];
    return this.has(place) ? this.wholeInput(place) : null;
  }

  /** The only number of an input. */
  scalarInput(place: number): number {
    const value = this.constant(place);
    if (value.length !== 1) throw notComputed(`its input ${place + 1} is not one number`);
    return value.read()[0] ?? Number.NaN;
  }

  integer(name: string, fallback: number): number {
    return this.#attribute(name)?.integer ?? fallback;
  }

  number(name: string, fallback: number): number {
    return this.#attribute(name)?.number ?? fallback;
  }

  integers(name: string, fallback: readonly number[]): readonly number[] {
    const attribute = this.#attribute(name);
    if (attribute === undefined) return fallback;
    return attribute.integers.length === 0 ? fallback : attribute.integers;
  }

  text(name: string, fallback: string): string {
    return this.#attribute(name)?.text ?? fallback;
  }

  /** Refuses the node unless an attribute has a certain value. */
  only(name: string, allowed: number): void {
    const attribute = this.#attribute(name);
    if (attribute === undefined) return;
    const { integer, number, integers } = attribute;
    const list = integers.length > 0 ? integers : [integer ?? number ?? 0];
    if (list.every((each) => each === allowed)) return;
    throw notComputed(`its ${name} of ${list.join(', ')} is not computed`);
  }

  /** "Conv", with the name that the file gives it. */
  get title(): string {
    const { operator, name } = this.message;
    return name === '' ? operator : `${operator} ("${name.slice(0, 80)}")`;
  }

  #attribute(name: string): NonNullable<ReturnType<NodeMessage['attributes']['get']>> | undefined {
    const attribute = this.message.attributes.get(name);
    if (attribute === undefined || attribute.other === null) return attribute;
    throw new OnnxProblem(
      'onnx-unread',
      `holds ${attribute.other} in its node ${this.title}, which is not read`,
    );
  }
}

/** What an operator puts out; most put out one thing. */
export type Operator<Graph> = (node: Node, graph: Graph) => Value | readonly Value[];
