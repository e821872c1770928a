import type { Effort } from '../effort.ts';
import type { Expression, Statement } from '../syntax.ts';
import { callBuiltin } from './builtins.ts';
import { Expressions, MOST_TURNS } from './expressions.ts';
import type { Forward } from './forward.ts';
import { callMethod } from './methods.ts';
import { isModuleBase, makeModule } from './modules.ts';
import { pathNamed, pathTo } from './paths.ts';
import { truthOf } from './truth.ts';
import {
  type ClassValue,
  data,
  type FunctionValue,
  type Given,
  list,
  type Module,
  NotUnderstood,
  UNKNOWN_VALUE,
  type Value,
} from './values.ts';

const DEEPEST_CALL = 40;

interface Returned {
  readonly value: Value;
}

/**
 * Follows code that builds networks of PyTorch's, and their `forward`. Literals are calculated with, loops over constants
 * are gone through, functions and classes of the code's own are followed; nothing is run. Where it matters and cannot be
 * told, `NotUnderstood` is thrown; outside of networks, what is not understood is passed over.
 */
export class Evaluator extends Expressions {
  /** The network that is being followed; `null` outside of a `forward`. */
  override forward: Forward | null = null;
  /** Modules that the program makes outside of classes, in order. */
  readonly made: { readonly name: string; readonly module: Module }[] = [];
  readonly #effort: Effort;
  readonly #globals = new Map<string, Value>();
  readonly #scopes: Map<string, Value>[] = [this.#globals];
  #calls = 0;

  constructor(effort: Effort) {
    super();
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
  override call(callee: Value, given: readonly Given[]): Value {
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
  override invoke({ parameters, body }: FunctionValue, given: readonly Given[]): Value {
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

  /** Steps for parts that are made, copied or gone through at once; throws where none are left. */
  override take(parts: number): void {
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
        for (const target of statement.targets) this.bind(target, value);
        return null;
      }
      case 'change': {
        const { target, operator, value } = statement;
        const sign = operator.replace(/=$/u, '');
        const changed = this.binary(sign, this.evaluate(target), this.evaluate(value));
        this.bind(target, changed);
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
      this.bind(target, item);
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

  protected override bind(target: Expression, value: Value): void {
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
        this.bind(
          item,
          value.type === 'shape' && index === 0
            ? { type: 'batch' }
            : (items[index] ?? UNKNOWN_VALUE),
        );
      }
    }
  }

  protected override lookUp(name: string): Value {
    // Functions in functions see the names around them; a name that only a caller has is an error in Python.
    for (const scope of this.#scopes.toReversed()) {
      const value = scope.get(name);
      if (value !== undefined) return value;
    }
    return pathNamed(name);
  }

  #call(callee: Value, given: readonly Given[]): Value {
    switch (callee.type) {
      case 'class':
        return this.instantiate(callee, given);
      case 'function':
        return this.invoke(callee, given);
      case 'module':
        return this.following().apply(this, callee, given);
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
        return this.following().callFunction(name, given);
      }
      return UNKNOWN_VALUE;
    }
    if (path.startsWith('torch.nn.init.')) return UNKNOWN_VALUE;
    if (path.startsWith('torch.nn.')) return makeModule(name, given);
    return callBuiltin(this, path, given);
  }

  protected override following(): Forward {
    if (this.forward === null)
      throw new NotUnderstood('a network that is called outside of forward');
    return this.forward;
  }

  #holdsTensor(value: Value): boolean {
    if (value.type !== 'list') return false;
    this.take(value.items.length);
    return value.items.some((item) => item.type === 'tensor');
  }

  protected override openScope(): void {
    this.#scopes.push(new Map());
  }

  protected override closeScope(): void {
    this.#scopes.pop();
  }

  #scope(): Map<string, Value> {
    return this.#scopes.at(-1) ?? this.#globals;
  }
}
