import type { Argument, Expression } from '../syntax.ts';
import { arithmetic, compare, LONGEST_TEXT } from './arithmetic.ts';
import type { Following } from './following.ts';
import type { Forward } from './forward.ts';
import { memberOfModule } from './modules.ts';
import { pathTo } from './paths.ts';
import { truthOf } from './truth.ts';
import {
  data,
  type FunctionValue,
  type Given,
  list,
  NotUnderstood,
  numberOf,
  UNKNOWN_VALUE,
  type Value,
} from './values.ts';

const DEEPEST_EXPRESSION = 200;
/** Turns of a loop: networks have fewer layers. */
export const MOST_TURNS = 500;

/** Works out expressions of code that builds networks of PyTorch's; whoever follows its statements knows the names. */
export abstract class Expressions implements Following {
  abstract readonly forward: Forward | null;
  #depth = 0;

  abstract invoke(called: FunctionValue, given: readonly Given[]): Value;
  abstract call(callee: Value, given: readonly Given[]): Value;
  abstract take(parts: number): void;
  protected abstract lookUp(name: string): Value;
  protected abstract bind(target: Expression, value: Value): void;
  protected abstract following(): Forward;
  protected abstract openScope(): void;
  protected abstract closeScope(): void;

  evaluate(expression: Expression): Value {
    this.take(1);
    this.#depth += 1;
    try {
      if (this.#depth > DEEPEST_EXPRESSION)
        throw new NotUnderstood('expressions nested too deeply');
      return this.#value(expression);
    } finally {
      this.#depth -= 1;
    }
  }

  #value(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return data(expression.value);
      case 'format':
        return this.#format(expression.parts);
      case 'name':
        return this.lookUp(expression.name);
      case 'member':
        return this.#member(this.evaluate(expression.object), expression.name);
      case 'call':
        return this.call(this.evaluate(expression.callee), this.given(expression.args));
      case 'list':
        return list(expression.items.flatMap((item) => this.#spread(item)));
      case 'dict':
        return {
          type: 'dict',
          entries: new Map(
            expression.entries.flatMap(({ key, value }) => {
              const name = key === null ? UNKNOWN_VALUE : this.evaluate(key);
              return name.type === 'data'
                ? [[String(name.data), this.evaluate(value)] as const]
                : [];
            }),
          ),
        };
      case 'index':
        return this.#index(this.evaluate(expression.object), expression.index);
      case 'binary':
        return this.#logical(expression);
      case 'negative': {
        const number = numberOf(this.evaluate(expression.operand));
        return number === null ? UNKNOWN_VALUE : data(-number);
      }
      case 'not': {
        const truth = truthOf(this.evaluate(expression.operand));
        return truth === null ? UNKNOWN_VALUE : data(!truth);
      }
      case 'conditional': {
        const truth = truthOf(this.evaluate(expression.condition));
        if (truth === null) return UNKNOWN_VALUE;
        return this.evaluate(truth ? expression.value : expression.otherwise);
      }
      case 'function':
        return { type: 'function', parameters: expression.parameters, body: expression.body };
      case 'comprehension':
        return this.#comprehension(expression);
      default:
        return UNKNOWN_VALUE;
    }
  }

  protected given(args: readonly Argument[]): Given[] {
    return args.flatMap(({ name, value, spread }): Given[] => {
      const worked = this.evaluate(value);
      if (!spread) return [{ name, value: worked }];
      if (worked.type === 'list') {
        this.take(worked.items.length);
        return worked.items.map((item) => ({ name: null, value: item }));
      }
      if (worked.type === 'dict') {
        this.take(worked.entries.size);
        return [...worked.entries].map(([key, item]) => ({ name: key, value: item }));
      }
      return [{ name: null, value: UNKNOWN_VALUE }];
    });
  }

  #spread(item: Expression): Value[] {
    if (item.kind !== 'spread') return [this.evaluate(item)];
    const value = this.evaluate(item.value);
    return this.itemsOf(value) ?? [UNKNOWN_VALUE];
  }

  #format(parts: readonly (string | Expression)[]): Value {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') text += part;
      else {
        const value = this.evaluate(part);
        if (value.type !== 'data') return UNKNOWN_VALUE;
        text += String(value.data);
      }
      if (text.length > LONGEST_TEXT) return UNKNOWN_VALUE;
    }
    return data(text);
  }

  #logical({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): Value {
    const first = this.evaluate(left);
    if (operator === 'and' || operator === 'or') {
      const truth = truthOf(first);
      if (truth === null) return UNKNOWN_VALUE;
      return truth === (operator === 'or') ? first : this.evaluate(right);
    }
    return this.binary(operator, first, this.evaluate(right));
  }

  protected binary(operator: string, left: Value, right: Value): Value {
    if (left.type === 'tensor' || right.type === 'tensor') {
      return this.following().combine(operator, left, right);
    }
    return compare(this, operator, left, right) ?? arithmetic(this, operator, left, right);
  }

  #comprehension({ form, item, clauses }: Extract<Expression, { kind: 'comprehension' }>): Value {
    const [loop, ...conditions] = clauses;
    if (loop?.kind !== 'for' || form === 'dict') return UNKNOWN_VALUE;
    const items = this.itemsOf(this.evaluate(loop.iterable));
    if (items === null || items.length > MOST_TURNS) return UNKNOWN_VALUE;
    const gathered: Value[] = [];
    this.openScope();
    try {
      for (const each of items) {
        this.bind(loop.target, each);
        const holds = conditions.every(
          (clause) => clause.kind === 'if' && truthOf(this.evaluate(clause.condition)) === true,
        );
        if (holds) gathered.push(this.evaluate(item));
      }
    } finally {
      this.closeScope();
    }
    return list(gathered);
  }

  #index(object: Value, at: Expression): Value {
    if (object.type === 'shape') {
      return at.kind === 'literal' && at.value === 0 ? { type: 'batch' } : UNKNOWN_VALUE;
    }
    if (at.kind === 'slice') {
      const items = this.itemsOf(object);
      const [from = null, to = null, step = null] = at.bounds.map((bound) =>
        bound === null ? null : numberOf(this.evaluate(bound)),
      );
      return items === null || step !== null
        ? UNKNOWN_VALUE
        : list(items.slice(from ?? 0, to ?? undefined));
    }
    const index = this.evaluate(at);
    if (index.type !== 'data') return UNKNOWN_VALUE;
    if (object.type === 'dict') return object.entries.get(String(index.data)) ?? UNKNOWN_VALUE;
    if (object.type === 'module')
      return memberOfModule(this, object, String(index.data)) ?? UNKNOWN_VALUE;
    const number = numberOf(index);
    return object.type === 'list' && number !== null
      ? (object.items.at(number) ?? UNKNOWN_VALUE)
      : UNKNOWN_VALUE;
  }

  #member(object: Value, name: string): Value {
    if (object.type === 'path') return pathTo(`${object.path}.${name}`);
    if (object.type === 'tensor' && name === 'shape') return { type: 'shape' };
    if (object.type === 'module') {
      return memberOfModule(this, object, name) ?? { type: 'bound', object, name };
    }
    return { type: 'bound', object, name };
  }

  /** What a loop over a value goes through; `null` where that is not known. */
  itemsOf(value: Value): Value[] | null {
    if (value.type === 'list') {
      this.take(value.items.length);
      return value.items;
    }
    if (value.type === 'dict') {
      this.take(value.entries.size);
      return [...value.entries.keys()].map(data);
    }
    if (value.type === 'module' && value.module.kind === 'container') {
      const { path } = value;
      this.take(value.module.children.size);
      return [...value.module.children].map(([key, module]) => ({
        type: 'module',
        module,
        path: path === '' ? key : `${path}.${key}`,
      }));
    }
    return null;
  }
}
