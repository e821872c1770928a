import type { Statement } from '../../syntax.ts';
import type { ClassValue, FunctionValue, Value } from './values.ts';

/** `optimizer.param_groups`, and one of them. */
export function isGroups(value: Value): boolean {
  return value.type === 'method' && value.name === 'param_groups';
}

export function memberOf(object: Value, name: string): Value {
  if (object.type === 'path') return { type: 'path', path: `${object.path}.${name}` };
  if (object.type === 'record') {
    const entry = object.entries.get(name) ?? object.of?.attributes.get(name);
    if (entry !== undefined) return entry;
  }
  if (object.type === 'class') {
    const attribute = object.attributes.get(name);
    if (attribute !== undefined) return attribute;
  }
  return { type: 'method', object, name };
}

/** A class of the code's own; `valueOf` works out what its body gives names. */
export function classOf(
  { body }: Extract<Statement, { kind: 'class' }>,
  valueOf: (statement: Extract<Statement, { kind: 'assign' }>) => Value,
): ClassValue {
  const methods = new Map<string, FunctionValue>();
  const attributes = new Map<string, Value>();
  for (const statement of body) {
    if (statement.kind === 'define') {
      const { parameters, body: inner } = statement;
      methods.set(statement.name, { type: 'function', parameters, body: inner, around: null });
    } else if (statement.kind === 'assign') {
      for (const target of statement.targets) {
        if (target.kind === 'name') attributes.set(target.name, valueOf(statement));
      }
    }
  }
  return { type: 'class', methods, attributes };
}
