import { type Clause, type Entry, type Expression, UNKNOWN } from '../syntax.ts';
import { dividedAt, type NodeReader, type Nodes } from './nodes.ts';

type ComprehensionForm = Extract<Expression, { kind: 'comprehension' }>['form'];

const CLAUSES = new Set(['for', 'if', 'async']);

/** Items of a list, tuple or set. */
export function readItems(nodes: Nodes, reader: NodeReader): Expression[] {
  return dividedAt(nodes, ',').flatMap(([first, second, ...others]) => {
    if (first === undefined) return [];
    const isSpread = first.name === '*';
    const item: Expression = isSpread
      ? { kind: 'spread', value: reader.read(second) }
      : reader.read(first);
    // Something is there that is no item.
    const isWrong = others.length > 0 || (second !== undefined && !isSpread);
    return isWrong ? [item, UNKNOWN] : [item];
  });
}

/** Entries of a dictionary; what is none is one that nothing is known of. */
export function readEntries(nodes: Nodes, reader: NodeReader): Entry[] {
  return dividedAt(nodes, ',').flatMap((part): Entry[] => {
    const [first, second, third] = part;
    if (first === undefined) return [];
    if (first.name === '**') return [{ key: null, value: reader.read(second) }];
    const isPair = part.length === 3 && second?.name === ':';
    return isPair
      ? [{ key: reader.read(first), value: reader.read(third) }]
      : [{ key: null, value: UNKNOWN }];
  });
}

/** `x + 1 for x in y if x`, in brackets or as the one argument of a call. */
export function readComprehension(
  nodes: Nodes,
  form: ComprehensionForm,
  reader: NodeReader,
): Expression {
  const starts = nodes.flatMap(({ name }, at) => (CLAUSES.has(name) ? [at] : []));
  const clauses = starts.flatMap((start, index) =>
    readClause(nodes.slice(start, starts[index + 1]), reader),
  );
  const item = nodes.slice(0, starts[0]);
  if (form !== 'dict') {
    return { kind: 'comprehension', form, item: reader.readTuple(item), clauses };
  }
  const [key, , value] = item;
  const items = [reader.read(key), reader.read(value)];
  return { kind: 'comprehension', form, item: { kind: 'list', form: 'tuple', items }, clauses };
}

function readClause([word, ...part]: Nodes, reader: NodeReader): Clause[] {
  if (word?.name === 'if') return [{ kind: 'if', condition: reader.read(part[0]) }];
  const middle = part.findIndex(({ name }) => name === 'in');
  if (word?.name !== 'for' || middle < 0) return [];
  const target = reader.readTuple(part.slice(0, middle));
  return [{ kind: 'for', target, iterable: reader.read(part[middle + 1]) }];
}
