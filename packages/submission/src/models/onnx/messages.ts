import { OnnxProblem, damaged } from './problem.ts';
import { type Field, WIRE, WireReader } from './wire.ts';

/** A part of an attribute, a node or a graph that stands for a number, a list or an array. */
interface Attribute {
  readonly name: string;
  readonly number: number | null;
  readonly integer: number | null;
  readonly text: string | null;
  readonly tensor: TensorMessage | null;
  readonly numbers: readonly number[];
  readonly integers: readonly number[];
  /** What else it holds: a graph, a sparse array, strings, a parameter of a function. */
  readonly other: string | null;
}

export interface NodeMessage {
  readonly operator: string;
  readonly domain: string;
  readonly name: string;
  /** Empty names stand for inputs that are left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An array, whose numbers are written in one of several ways. */
export interface TensorMessage {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  readonly raw: Uint8Array | null;
  /** Lists of numbers by the field that holds them, each in pieces. */
  readonly lists: ReadonlyMap<number, readonly Uint8Array[]>;
  readonly external: boolean;
  readonly texts: boolean;
}

export interface ValueMessage {
  readonly name: string;
  /** `null` for what is no dense array. */
  readonly type: number | null;
  /** Extents; `null` for those that the file leaves open. `null` where it says no shape. */
  readonly dims: readonly (number | null)[] | null;
}

export interface GraphMessage {
  readonly nodes: readonly NodeMessage[];
  readonly initializers: readonly TensorMessage[];
  readonly inputs: readonly ValueMessage[];
  readonly outputs: readonly ValueMessage[];
  readonly sparse: boolean;
}

export interface ModelMessage {
  readonly producer: string;
  readonly producerVersion: string;
  /** The version of the operators without a domain; `null` where none is imported. */
  readonly operatorSet: number | null;
  readonly graph: GraphMessage;
  readonly functions: boolean;
}

/** How much of each kind is read. */
export interface MessageLimits {
  readonly nodes: number;
  readonly initializers: number;
}

const MOST_NAMES = 1000;
const MOST_ATTRIBUTES = 64;
const MOST_IN_LIST = 1000;
const MOST_PIECES = 100_000;
const LONGEST_NAME = 2000;
const MOST_DIMS = 8;

/** Reads a file of ONNX (`onnx/onnx.proto` of https://github.com/onnx/onnx; the numbers of the fields are from there). */
export function readModelMessage(bytes: Uint8Array, limits: MessageLimits): ModelMessage {
  let [producer, producerVersion] = ['', ''];
  let operatorSet: number | null = null;
  let graph: GraphMessage | null = null;
  let functions = false;
  eachField(bytes, (field, reader) => {
    switch (field.number) {
      case 2:
        producer = textOf(field, reader);
        break;
      case 3:
        producerVersion = textOf(field, reader);
        break;
      case 7:
        if (graph !== null) throw damaged('holds two graphs');
        graph = readGraph(messageOf(field, reader), limits);
        break;
      case 8: {
        const set = readOperatorSet(messageOf(field, reader));
        if (set.domain === '' || set.domain === 'ai.onnx') operatorSet = set.version;
        break;
      }
      case 25:
        functions = true;
        reader.skip(field);
        break;
      default:
        reader.skip(field);
    }
  });
  if (graph === null) throw damaged('holds no graph');
  return { producer, producerVersion, operatorSet, graph, functions };
}

function readOperatorSet(bytes: Uint8Array): {
  domain: string;
  version: number;
} {
  const set = { domain: '', version: 0 };
  eachField(bytes, (field, reader) => {
    if (field.number === 1) set.domain = textOf(field, reader);
    else if (field.number === 2) set.version = integerOf(field, reader);
    else reader.skip(field);
  });
  return set;
}

function readGraph(bytes: Uint8Array, limits: MessageLimits): GraphMessage {
  const nodes: NodeMessage[] = [];
  const initializers: TensorMessage[] = [];
  const inputs: ValueMessage[] = [];
  const outputs: ValueMessage[] = [];
  let sparse = false;
  eachField(bytes, (field, reader) => {
    switch (field.number) {
      case 1:
        within(nodes, limits.nodes, 'nodes').push(readNode(messageOf(field, reader)));
        break;
      case 5:
        within(initializers, limits.initializers, 'arrays').push(
          readTensorMessage(messageOf(field, reader)),
        );
        break;
      case 11:
        within(inputs, limits.initializers + 1, 'inputs').push(readValue(messageOf(field, reader)));
        break;
      case 12:
        within(outputs, MOST_NAMES, 'outputs').push(readValue(messageOf(field, reader)));
        break;
      case 15:
        sparse = true;
        reader.skip(field);
        break;
      default:
        reader.skip(field);
    }
  });
  return { nodes, initializers, inputs, outputs, sparse };
}

function readNode(bytes: Uint8Array): NodeMessage {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let [operator, domain, name] = ['', '', ''];
  eachField(bytes, (field, reader) => {
    switch (field.number) {
      case 1:
        within(inputs, MOST_NAMES, 'inputs of a node').push(textOf(field, reader));
        break;
      case 2:
        within(outputs, MOST_NAMES, 'outputs of a node').push(textOf(field, reader));
        break;
      case 3:
        name = textOf(field, reader);
        break;
      case 4:
        operator = textOf(field, reader);
        break;
      case 5: {
        const attribute = readAttribute(messageOf(field, reader));
        if (attributes.has(attribute.name) || attributes.size >= MOST_ATTRIBUTES) {
          throw damaged(`has a node that says its "${attribute.name}" twice, or too much`);
        }
        attributes.set(attribute.name, attribute);
        break;
      }
      case 7:
        domain = textOf(field, reader);
        break;
      default:
        reader.skip(field);
    }
  });
  return { operator, domain, name, inputs, outputs, attributes };
}

const OTHER: Readonly<Record<number, string>> = {
  6: 'a graph',
  9: 'strings',
  10: 'arrays',
  11: 'graphs',
  14: 'a type',
  15: 'types',
  21: 'a parameter of a function',
  22: 'a sparse array',
  23: 'sparse arrays',
};

function readAttribute(bytes: Uint8Array): Attribute {
  const numbers: number[] = [];
  const integers: number[] = [];
  let name = '';
  let number: number | null = null;
  let integer: number | null = null;
  let text: string | null = null;
  let tensor: TensorMessage | null = null;
  let other: string | null = null;
  eachField(bytes, (field, reader) => {
    const also = OTHER[field.number];
    if (field.number === 1) name = textOf(field, reader);
    else if (field.number === 2 && field.wire === WIRE.four) number = reader.float();
    else if (field.number === 3) integer = integerOf(field, reader);
    else if (field.number === 4) text = textOf(field, reader);
    else if (field.number === 5) tensor = readTensorMessage(messageOf(field, reader));
    else if (field.number === 7) listOf(field, reader, WIRE.four, numbers);
    else if (field.number === 8) listOf(field, reader, WIRE.varint, integers);
    else {
      // `ref_attr_name` is written empty by some.
      const written = field.number === 21 ? textOf(field, reader) !== '' : also !== undefined;
      if (field.number !== 21) reader.skip(field);
      if (written && also !== undefined) other = also;
    }
  });
  return { name, number, integer, text, tensor, numbers, integers, other };
}

/** The fields of a TensorProto that hold numbers, by how one is written. */
const LISTS: ReadonlyMap<number, number> = new Map([
  [4, WIRE.four],
  [5, WIRE.varint],
  [7, WIRE.varint],
  [10, WIRE.eight],
  [11, WIRE.varint],
]);

function readTensorMessage(bytes: Uint8Array): TensorMessage {
  const dims: number[] = [];
  const lists = new Map<number, Uint8Array[]>();
  let type = 0;
  let name = '';
  let raw: Uint8Array | null = null;
  let [external, texts] = [false, false];
  eachField(bytes, (field, reader) => {
    const single = LISTS.get(field.number);
    if (single !== undefined) {
      const pieces = lists.get(field.number) ?? [];
      lists.set(field.number, pieces);
      within(pieces, MOST_PIECES, 'pieces of one array').push(pieceOf(field, reader, single));
    } else if (field.number === 1) listOf(field, reader, WIRE.varint, dims, MOST_DIMS);
    else if (field.number === 2) type = integerOf(field, reader);
    else if (field.number === 8) name = textOf(field, reader);
    else if (field.number === 9) {
      if (raw !== null) throw damaged('holds the numbers of an array twice');
      raw = messageOf(field, reader);
    } else if (field.number === 6 || field.number === 13) {
      if (field.number === 6) texts = true;
      else external = true;
      reader.skip(field);
    } else if (field.number === 14) {
      const elsewhere = integerOf(field, reader) !== 0;
      external = external || elsewhere;
    } else reader.skip(field);
  });
  return { name, dims, type, raw, lists, external, texts };
}

function readValue(bytes: Uint8Array): ValueMessage {
  let name = '';
  let typed: Pick<ValueMessage, 'type' | 'dims'> = { type: null, dims: null };
  eachField(bytes, (field, reader) => {
    if (field.number === 1) name = textOf(field, reader);
    else if (field.number === 2) {
      eachField(messageOf(field, reader), (inner, within) => {
        if (inner.number === 1) typed = readTensorType(messageOf(inner, within));
        else within.skip(inner);
      });
    } else reader.skip(field);
  });
  return { name, ...typed };
}

function readTensorType(bytes: Uint8Array): Pick<ValueMessage, 'type' | 'dims'> {
  let type: number | null = null;
  let dims: (number | null)[] | null = null;
  eachField(bytes, (field, reader) => {
    if (field.number === 1) type = integerOf(field, reader);
    else if (field.number === 2) {
      const extents: (number | null)[] = [];
      eachField(messageOf(field, reader), (inner, shape) => {
        if (inner.number !== 1) shape.skip(inner);
        else within(extents, MOST_DIMS, 'axes').push(readExtent(messageOf(inner, shape)));
      });
      dims = extents;
    } else reader.skip(field);
  });
  return { type, dims };
}

function readExtent(bytes: Uint8Array): number | null {
  let extent: number | null = null;
  eachField(bytes, (field, reader) => {
    if (field.number === 1) extent = integerOf(field, reader);
    else reader.skip(field);
  });
  return extent;
}

function eachField(bytes: Uint8Array, take: (field: Field, reader: WireReader) => void): void {
  const reader = new WireReader(bytes);
  for (let field = reader.next(); field !== null; field = reader.next()) take(field, reader);
}

function messageOf(field: Field, reader: WireReader): Uint8Array {
  if (field.wire === WIRE.bytes) return reader.bytes();
  throw damaged(`writes its field ${field.number} in a way that ONNX does not`);
}

function integerOf(field: Field, reader: WireReader): number {
  if (field.wire === WIRE.varint) return reader.varint();
  throw damaged(`writes its field ${field.number} in a way that ONNX does not`);
}

const decoder = new TextDecoder();

function textOf(field: Field, reader: WireReader): string {
  const bytes = messageOf(field, reader);
  if (bytes.length > LONGEST_NAME) throw damaged('has a name longer than names are');
  return decoder.decode(bytes);
}

/** Numbers of a repeated field: one, or many packed together. */
function listOf(
  field: Field,
  reader: WireReader,
  single: number,
  list: number[],
  most = MOST_IN_LIST,
): void {
  const one = (from: WireReader): number => (single === WIRE.four ? from.float() : from.varint());
  if (field.wire === single) {
    within(list, most, 'numbers in one place').push(one(reader));
    return;
  }
  const packed = new WireReader(messageOf(field, reader));
  while (!packed.atEnd) within(list, most, 'numbers in one place').push(one(packed));
}

/** The bytes of one number or of many packed together. */
function pieceOf(field: Field, reader: WireReader, single: number): Uint8Array {
  if (field.wire === WIRE.bytes) return reader.bytes();
  if (field.wire === WIRE.four && single === WIRE.four) return reader.fixed(4);
  if (field.wire === WIRE.eight && single === WIRE.eight) return reader.fixed(8);
  throw damaged('writes the numbers of an array in a way that is not read');
}

function within<T>(list: T[], most: number, what: string): T[] {
  if (list.length < most) return list;
  throw new OnnxProblem(
    'onnx-too-large',
    `has more than ${most} ${what}`,
    'Hand in the network that the exercise describes.',
  );
}
