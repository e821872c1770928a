import type { Effort } from '../effort.ts';
import type { Argument, Expression, Statement } from '../syntax.ts';
import { arithmetic, compare, LONGEST_TEXT } from './arithmetic.ts';
import { callBuiltin } from './builtins.ts';
import type { Following } from './following.ts';
import type { Forward } from './forward.ts';
import { callMethod } from './methods.ts';
import { isModuleBase, makeModule, memberOfModule } from './modules.ts';
import {
  type ClassValue,
  data,
  type FunctionValue,
  type Given,
  list,
  type Module,
  NotUnderstood,
  numberOf,
  UNKNOWN_VALUE,
  type Value,
} from './values.ts';

const DEEPEST_CALL = 40;
const DEEPEST_EXPRESSION = 200;
/** Turns of a loop: networks have fewer layers. */
const MOST_TURNS = 500;
/** In characters. */
const LONGEST_NAME = 400;

interface Returned {
  readonly value: Value;
}

/**
 * Follows code that builds networks of PyTorch's, and their `forward`. Literals are calculated with, loops over constants
 * are gone through, functions and classes of the code's own are followed; nothing is run. Where it matters and cannot be
 * told, `NotUnderstood` is thrown; outside of networks, what is not understood is passed over.
 */
export class Evaluator implements Following {
  /** The network that is being followed; `null` outside of a `forward`. */
  forward: Forward | null = null;
  /** Modules that the program makes outside of classes, in order. */
  readonly made: { readonly name: string; readonly module: Module }[] = [];
  readonly #effort: Effort;
  readonly #globals = new Map<string, Value>();
  readonly #scopes: Map<string, Value>[] = [this.#globals];
  #calls = 0;
  #depth = 0;

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  /** The classes of networks that the program defines. */
  get classes(): readonly ClassValue[] {
    return [...this.#globals.values()].filter(
      (value): value is ClassValue => value.type === 'class' && value.isModule,
    );
  }

  /** Goes through a program, passing over each statement that is not understood. */
  run(statements: readonly Statement[]): void {
    for (const statement of statements) {
      try {
        this.#statement(statement);
      } catch (error) {
        if (!(error instanceof NotUnderstood)) throw error;
      }
    }
  }

  /** Calls anything that the code may call. */
  call(callee: Value, given: readonly Given[]): Value {
    this.take(1);
    this.#calls += 1;
    try {
      if (this.#calls > DEEPEST_CALL)
        throw new NotUnderstood('calls that call one another too deeply');
      return this.#call(callee, given);
    } finally {
      this.#calls -= 1;
    }
  }

  /** Makes an object of a class of the code's own: its `__init__` is followed. */
  instantiate(of: ClassValue, given: readonly Given[]): Value {
    this.take(of.attributes.size);
    const module: Module = { kind: 'instance', of, attributes: new Map(of.attributes) };
    const self: Value = { type: 'module', module, path: '' };
    const init = of.methods.get('__init__');
    if (init !== undefined) {
      const before = this.forward;
      this.forward = null;
      try {
        this.invoke(init, [{ name: null, value: self }, ...given]);
      } finally {
        this.forward = before;
      }
    }
    return self;
  }

  /** Calls a function of the code's own. */
  invoke({ parameters, body }: FunctionValue, given: readonly Given[]): Value {
    const scope = new Map<string, Value>();
    this.take(given.length + parameters.length);
    const positional = given.filter(({ name }) => name === null).map(({ value }) => value);
    const named = new Map(given.map(({ name, value }) => [name, value]));
    let place = 0;
    for (const { name, initial, takes } of parameters) {
      if (takes === 'rest') {
        scope.set(name, list(positional.slice(place)));
        place = positional.length;
      } else if (takes === 'options') scope.set(name, UNKNOWN_VALUE);
      else {
        let value = named.get(name) ?? positional[place];
        if (!named.has(name)) place += 1;
        value ??= initial === null ? UNKNOWN_VALUE : this.evaluate(initial);
        scope.set(name, value);
      }
    }
    this.#scopes.push(scope);
    try {
      return this.#many(body)?.value ?? data(null);
    } finally {
      this.#scopes.pop();
    }
  }

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

  /** Steps for parts that are made, copied or gone through at once; throws where none are left. */
  take(parts: number): void {
    if (!this.#effort.spend(parts)) throw new NotUnderstood('code that is too long');
  }

  #many(statements: readonly Statement[]): Returned | null {
    for (const statement of statements) {
      const returned = this.#statement(statement);
      if (returned !== null) return returned;
    }
    return null;
  }

  #statement(statement: Statement): Returned | null {
    this.take(1);
    switch (statement.kind) {
      case 'assign': {
        const value = this.evaluate(statement.value);
        for (const target of statement.targets) this.#bind(target, value);
        return null;
      }
      case 'change': {
        const { target, operator, value } = statement;
        const sign = operator.replace(/=$/u, '');
        const changed = this.#binary(sign, this.evaluate(target), this.evaluate(value));
        this.#bind(target, changed);
        return null;
      }
      case 'expression':
        this.evaluate(statement.value);
        return null;
      case 'return':
        return { value: statement.value === null ? data(null) : this.evaluate(statement.value) };
      case 'for':
        return this.#for(statement);
      case 'if':
        return this.#if(statement);
      case 'with':
        return this.#many(statement.body);
      case 'try':
        return this.#many(statement.parts[0] ?? []);
      case 'group':
        return this.#many(statement.body);
      case 'leave':
        if (this.#scopes.length > 1) throw new NotUnderstood('a loop that is left early');
        return null;
      case 'while':
        if (this.forward !== null) throw new NotUnderstood('a while loop');
        return null;
      case 'define': {
        const { name, parameters, body } = statement;
        this.#scope().set(name, { type: 'function', parameters, body });
        return null;
      }
      case 'class':
        this.#scope().set(statement.name, this.#class(statement));
        return null;
      case 'import':
        this.#import(statement);
        return null;
    }
  }

  #for({ target, iterable, body }: Extract<Statement, { kind: 'for' }>): Returned | null {
    const items = this.itemsOf(this.evaluate(iterable));
    if (items === null || items.length > MOST_TURNS) {
      if (this.forward === null && this.#scopes.length === 1) return null;
      throw new NotUnderstood('a loop whose turns are not known');
    }
    for (const item of items) {
      this.#bind(target, item);
      const returned = this.#many(body);
      if (returned !== null) return returned;
    }
    return null;
  }

  #if({ branches, otherwise }: Extract<Statement, { kind: 'if' }>): Returned | null {
    for (const { condition, body } of branches) {
      const truth = truthOf(this.evaluate(condition));
      // Outside of functions a condition is mostly `__name__ == "__main__"`.
      if (truth === null && this.#scopes.length > 1) {
        throw new NotUnderstood('a condition that is not known beforehand');
      }
      if (truth !== false) return this.#many(body);
    }
    return this.#many(otherwise);
  }

  #class({ name, bases, body }: Extract<Statement, { kind: 'class' }>): ClassValue {
    const values = bases.map((base) => this.evaluate(base.value));
    const inherited = values.filter((value) => value.type === 'class');
    for (const base of inherited) this.take(base.methods.size + base.attributes.size);
    const methods = new Map(inherited.flatMap((base) => [...base.methods]));
    const attributes = new Map(inherited.flatMap((base) => [...base.attributes]));
    for (const statement of body) {
      if (statement.kind === 'define') {
        const { parameters, body: lines } = statement;
        methods.set(statement.name, { type: 'function', parameters, body: lines });
      } else if (statement.kind === 'assign') {
        const value = this.evaluate(statement.value);
        for (const target of statement.targets) {
          if (target.kind === 'name') attributes.set(target.name, value);
        }
      }
    }
    return { type: 'class', name, isModule: values.some(isModuleBase), methods, attributes };
  }

  #import({ module, alias, names }: Extract<Statement, { kind: 'import' }>): void {
    if (names === null) {
      const called = alias ?? module.split('.')[0] ?? module;
      this.#scope().set(called, pathTo(alias === null ? called : module));
    }
    for (const { name, alias: other } of names ?? []) {
      this.#scope().set(other ?? name, pathTo(`${module}.${name}`));
    }
  }

  #bind(target: Expression, value: Value): void {
    if (target.kind === 'name') {
      this.#scope().set(target.name, value);
      if (value.type === 'module' && this.#scopes.length <= 2 && this.#calls <= 1) {
        this.made.push({ name: target.name, module: value.module });
      }
    } else if (target.kind === 'member') {
      const object = this.evaluate(target.object);
      if (object.type === 'module' && object.module.kind === 'instance') {
        object.module.attributes.set(target.name, value);
      }
    } else if (target.kind === 'list') {
      const items = value.type === 'list' ? value.items : [];
      for (const [index, item] of target.items.entries()) {
        this.#bind(
          item,
          value.type === 'shape' && index === 0
            ? { type: 'batch' }
            : (items[index] ?? UNKNOWN_VALUE),
        );
      }
    }
  }

  #value(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return data(expression.value);
      case 'format':
        return this.#format(expression.parts);
      case 'name':
        return this.#lookUp(expression.name);
      case 'member':
        return this.#member(this.evaluate(expression.object), expression.name);
      case 'call':
        return this.call(this.evaluate(expression.callee), this.#given(expression.args));
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

  #given(args: readonly Argument[]): Given[] {
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
    return this.#binary(operator, first, this.evaluate(right));
  }

  #binary(operator: string, left: Value, right: Value): Value {
    if (left.type === 'tensor' || right.type === 'tensor') {
      return this.#following().combine(operator, left, right);
    }
    return compare(this, operator, left, right) ?? arithmetic(this, operator, left, right);
  }

  #comprehension({ form, item, clauses }: Extract<Expression, { kind: 'comprehension' }>): Value {
    const [loop, ...conditions] = clauses;
    if (loop?.kind !== 'for' || form === 'dict') return UNKNOWN_VALUE;
    const items = this.itemsOf(this.evaluate(loop.iterable));
    if (items === null || items.length > MOST_TURNS) return UNKNOWN_VALUE;
    const gathered: Value[] = [];
    this.#scopes.push(new Map());
    try {
      for (const each of items) {
        this.#bind(loop.target, each);
        const holds = conditions.every(
          (clause) => clause.kind === 'if' && truthOf(this.evaluate(clause.condition)) === true,
        );
        if (holds) gathered.push(this.evaluate(item));
      }
    } finally {
      this.#scopes.pop();
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

  #lookUp(name: string): Value {
    // Functions in functions see the names around them; a name that only a caller has is an error in Python.
    for (const scope of this.#scopes.toReversed()) {
      const value = scope.get(name);
      if (value !== undefined) return value;
    }
    return pathTo(USUAL_NAMES[name] ?? name);
  }

  #call(callee: Value, given: readonly Given[]): Value {
    switch (callee.type) {
      case 'class':
        return this.instantiate(callee, given);
      case 'function':
        return this.invoke(callee, given);
      case 'module':
        return this.#following().apply(this, callee, given);
      case 'bound':
        return callMethod(this, callee.object, callee.name, given);
      case 'path':
        return this.#callPath(callee.path, given);
      default:
        if (given.some(({ value }) => value.type === 'tensor')) {
          throw new NotUnderstood('a call of what is not known');
        }
        return UNKNOWN_VALUE;
    }
  }

  #callPath(path: string, given: readonly Given[]): Value {
    const name = path.split('.').at(-1) ?? '';
    if (
      path.startsWith('torch.nn.functional.') ||
      /^torch\.(?:special\.)?[a-z_0-9]+$/u.test(path)
    ) {
      if (given.some(({ value }) => value.type === 'tensor' || this.#holdsTensor(value))) {
        return this.#following().callFunction(name, given);
      }
      return UNKNOWN_VALUE;
    }
    if (path.startsWith('torch.nn.init.')) return UNKNOWN_VALUE;
    if (path.startsWith('torch.nn.')) return makeModule(name, given);
    return callBuiltin(this, path, given);
  }

  #following(): Forward {
    if (this.forward === null)
      throw new NotUnderstood('a network that is called outside of forward');
    return this.forward;
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

  #holdsTensor(value: Value): boolean {
    if (value.type !== 'list') return false;
    this.take(value.items.length);
    return value.items.some((item) => item.type === 'tensor');
  }

  #scope(): Map<string, Value> {
    return this.#scopes.at(-1) ?? this.#globals;
  }
}

/** What everybody calls PyTorch's modules, where an import was not handed in. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  nn: 'torch.nn',
  F: 'torch.nn.functional',
};

/** What a name of a module stands for; nothing that anybody wrote has a longer one. */
function pathTo(path: string): Value {
  return path.length > LONGEST_NAME ? UNKNOWN_VALUE : { type: 'path', path };
}

/** `null` for what is not known beforehand. */
function truthOf(value: Value): boolean | null {
  if (value.type === 'data') return Boolean(value.data);
  if (value.type === 'list') return value.items.length > 0;
  return value.type === 'module' || value.type === 'tensor' ? true : null;
}
