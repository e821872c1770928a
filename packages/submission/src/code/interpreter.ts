import { calculate } from './calculate.ts';
import type { CodeValue } from './code-model.ts';
import type { Effort } from './effort.ts';
import { callByName, SELF_CALLS, tensorAfter } from './keras-calls.ts';
import { givenArguments } from './given-arguments.ts';
import { leaveHole, type Networks } from './networks.ts';
import type { Argument, Entry, Expression, Statement } from './syntax.ts';
import {
  dataValue,
  dictionaryValue,
  listValue,
  NO_VALUE,
  type Value,
  type ValueArgument,
} from './value.ts';

/** Bounds on following calls of functions that the code itself defines, and on expressions in expressions. */
const DEEPEST_CALL = 8;
const DEEPEST_EXPRESSION = 400;

/** Signals the value of a function. */
interface Finished {
  readonly value: Value;
}

/**
 * Follows the statements that build, compile and train networks. Literals are calculated with, functions of the code's
 * own are followed, loops and both sides of conditions are gone through once; nothing else is run.
 */
export class Interpreter {
  readonly #scopes: Map<string, Value>[] = [new Map()];
  readonly #networks: Networks;
  readonly #effort: Effort;
  #depth = 0;

  /** What the code says is told to `networks`; where the effort ends, nothing more is followed. */
  constructor(networks: Networks, effort: Effort) {
    this.#networks = networks;
    this.#effort = effort;
  }

  /** Goes through a program. */
  run(statements: readonly Statement[]): void {
    this.#many(statements);
  }

  #many(statements: readonly Statement[]): Finished | null {
    for (const statement of statements) {
      const finished = this.#statement(statement);
      if (finished !== null) return finished;
    }
    return null;
  }

  #first(parts: readonly (readonly Statement[])[]): Finished | null {
    for (const part of parts) {
      const finished = this.#many(part);
      if (finished !== null) return finished;
    }
    return null;
  }

  #statement(statement: Statement): Finished | null {
    if (!this.#effort.spend()) return null;
    this.#networks.torn = statement.torn;
    switch (statement.kind) {
      case 'for':
      case 'while': {
        this.#networks.loops += 1;
        const finished = this.#many(statement.body);
        this.#networks.loops -= 1;
        return finished ?? this.#many(statement.otherwise);
      }
      case 'if':
        return this.#first([...statement.branches.map(({ body }) => body), statement.otherwise]);
      case 'try':
        return this.#first(statement.parts);
      case 'group':
      case 'with':
        return this.#many(statement.body);
      case 'class':
        this.#scopes.push(new Map());
        this.#many(statement.body);
        this.#scopes.pop();
        return null;
      case 'define': {
        const { name, parameters, body } = statement;
        this.#bindName(name, { type: 'function', parameters, body });
        return null;
      }
      case 'leave':
        return null;
      case 'return':
        return statement.value === null ? null : { value: this.#evaluate(statement.value) };
      case 'expression':
        this.#evaluate(statement.value);
        return null;
      case 'assign': {
        const value = this.#evaluate(statement.value);
        for (const target of statement.targets) this.#bind(target, value);
        return null;
      }
      case 'change':
        this.#evaluate(statement.value);
        this.#bind(statement.target, NO_VALUE);
        return null;
      case 'import':
        return null;
    }
  }

  #bind(target: Expression, value: Value): void {
    if (target.kind === 'list') {
      const items = value.type === 'data' && Array.isArray(value.data) ? value.data : [];
      for (const [index, item] of target.items.entries()) {
        const part: CodeValue | undefined = items[index];
        this.#bind(item, part === undefined ? NO_VALUE : dataValue(part));
      }
    } else if (target.kind === 'name') this.#bindName(target.name, value);
    else if (target.kind === 'literal' && typeof target.value === 'string')
      this.#bindName(target.value, value);
  }

  #bindName(name: string, value: Value): void {
    this.#scopes.at(-1)?.set(name, value);
    if (value.type !== 'model') return;
    const { draft } = value;
    // What a function calls it inside is not what the program knows it by.
    if (draft.name === '' || draft.nameDepth > this.#scopes.length) {
      draft.name = name.slice(0, 80);
      draft.nameDepth = this.#scopes.length;
    }
  }

  #evaluate(expression: Expression): Value {
    if (!this.#effort.spend() || this.#depth > DEEPEST_EXPRESSION) return NO_VALUE;
    this.#depth += 1;
    const value = this.#value(expression);
    this.#depth -= 1;
    return value;
  }

  #value(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return dataValue(expression.value);
      case 'name':
        return this.#lookUp(expression.name);
      case 'list':
        return expression.form === 'set'
          ? NO_VALUE
          : listValue(expression.items.map((item) => this.#evaluate(item)));
      case 'dict':
        return this.#dictionary(expression.entries);
      case 'negative':
        return calculate('-', dataValue(0), this.#evaluate(expression.operand));
      case 'binary':
        return this.#binary(expression);
      case 'index':
        return indexed(this.#evaluate(expression.object), this.#evaluate(expression.index));
      case 'member':
        return this.#member(expression);
      case 'call':
        return this.#call(expression.callee, this.#arguments(expression.args));
      case 'named': {
        const value = this.#evaluate(expression.value);
        this.#bind(expression.target, value);
        return value;
      }
      case 'function':
        return { type: 'function', parameters: expression.parameters, body: expression.body };
      case 'block':
        return this.#many(expression.body)?.value ?? NO_VALUE;
      default:
        return NO_VALUE;
    }
  }

  #lookUp(name: string): Value {
    for (const scope of this.#scopes.toReversed()) {
      const value = scope.get(name);
      if (value !== undefined) return value;
    }
    return { type: 'named', name, options: {}, unclear: [] };
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): Value {
    return operator === 'pipe'
      ? this.#pipe(left, right)
      : calculate(operator, this.#evaluate(left), this.#evaluate(right));
  }

  #member({ object, name }: Extract<Expression, { kind: 'member' }>): Value {
    const owner = this.#evaluate(object);
    // `tf.nn.relu`, `keras$losses$categorical_crossentropy`: the last name says what it is.
    return owner.type === 'named' ? { type: 'named', name, options: {}, unclear: [] } : NO_VALUE;
  }

  #arguments(args: readonly Argument[]): ValueArgument[] {
    return args.map(({ name, value, spread }) => ({ name, spread, value: this.#evaluate(value) }));
  }

  /** `model %>% fit(x, y)` passes what stands on the left as the first argument. */
  #pipe(left: Expression, right: Expression): Value {
    const args = right.kind === 'call' ? this.#arguments(right.args) : [];
    const callee = right.kind === 'call' ? right.callee : right;
    const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
    const value = this.#adopted(left, this.#evaluate(left), name, args);
    return this.#call(callee, [{ name: null, value, spread: false }, ...args]);
  }

  /** A network that is compiled, trained or added to here, but was made elsewhere: its layers are not known. */
  #adopted(owner: Expression, value: Value, name: string, args: readonly ValueArgument[]): Value {
    if (owner.kind !== 'name' || value.type !== 'named' || value.name !== owner.name) return value;
    const trains =
      name === 'fit' &&
      args.some((argument) => /^(?:epochs|batch_size|validation_)/u.test(argument.name ?? ''));
    const builds = name === 'add' && args[0]?.value.type === 'layer';
    if (!trains && !builds && name !== 'compile') return value;
    const draft = this.#networks.create();
    leaveHole(draft, 'where the network is made');
    const model: Value = { type: 'model', draft };
    this.#bind(owner, model);
    return model;
  }

  #call(callee: Expression, args: readonly ValueArgument[]): Value {
    if (callee.kind === 'member') {
      const owner = this.#adopted(callee.object, this.#evaluate(callee.object), callee.name, args);
      const isSelf =
        owner.type === 'model' || (SELF_CALLS.has(callee.name) && owner.type !== 'named');
      const self: ValueArgument[] = isSelf ? [{ name: null, value: owner, spread: false }] : [];
      return callByName(this.#networks, callee.name, [...self, ...args]);
    }
    if (callee.kind === 'name') {
      const own = this.#lookUp(callee.name);
      if (own.type === 'function') return this.#follow(own, args);
      if (own.type === 'layer' || own.type === 'model') return apply(own, args);
      return callByName(this.#networks, callee.name, args);
    }
    const made = this.#evaluate(callee);
    return made.type === 'function' ? this.#follow(made, args) : apply(made, args);
  }

  #follow(own: Extract<Value, { type: 'function' }>, args: readonly ValueArgument[]): Value {
    if (this.#scopes.length > DEEPEST_CALL) return NO_VALUE;
    const scope = givenArguments(own.parameters, args, (initial) => this.#evaluate(initial));
    this.#scopes.push(scope);
    const last = own.body.at(-1);
    // R gives back the value of the last expression.
    const body = last?.kind === 'expression' ? own.body.slice(0, -1) : own.body;
    const finished = this.#many(body);
    const value =
      finished?.value ?? (last?.kind === 'expression' ? this.#evaluate(last.value) : NO_VALUE);
    this.#scopes.pop();
    return value;
  }

  #dictionary(entries: readonly Entry[]): Value {
    const data: Record<string, CodeValue> = {};
    for (const { key, value } of entries) {
      const name = key === null ? NO_VALUE : this.#evaluate(key);
      const content = this.#evaluate(value);
      if (name.type !== 'data' || typeof name.data !== 'string' || content.type !== 'data')
        return NO_VALUE;
      if (name.data === '__proto__') return NO_VALUE;
      data[name.data] = content.data;
    }
    return dictionaryValue(data);
  }
}

/** `Dense(10)(x)`: a layer put after what came before. */
function apply(layer: Value, args: readonly ValueArgument[]): Value {
  const input = args[0]?.value ?? NO_VALUE;
  if (input.type !== 'tensor') return NO_VALUE;
  if (layer.type === 'model') return tensorAfter(input, layer.draft.layers, !layer.draft.holed);
  return layer.type === 'layer'
    ? tensorAfter(input, [layer.layer], true)
    : { ...input, whole: false };
}

function indexed(object: Value, index: Value): Value {
  if (object.type !== 'data' || index.type !== 'data' || typeof index.data !== 'number')
    return NO_VALUE;
  if (!Array.isArray(object.data)) return NO_VALUE;
  const found: CodeValue | undefined = object.data.at(index.data);
  return found === undefined ? NO_VALUE : dataValue(found);
}
