import type { Effort } from '../../effort.ts';
import { calculateNumbers } from '../../number-arithmetic.ts';
import type { Argument, Expression, Parameter, Statement } from '../../syntax.ts';
import { ArgumentParsers } from './argument-parsers.ts';
import { holds } from './conditions.ts';
import { TrainingEvents } from './events.ts';
import type { Passed } from './following.ts';
import { callMethodOf, callPath, noteBackward } from './library-calls.ts';
import { loopOver, namesChangedIn } from './loops.ts';
import { classOf, isGroups, memberOf } from './objects.ts';
import { Scopes } from './scopes.ts';
import {
  type FunctionValue,
  type Loop,
  numberOf,
  type Scope,
  type TrainingEvent,
  UNKNOWN,
  type Value,
} from './values.ts';

const DEEPEST_CALL = 12;
const DEEPEST_EXPRESSION = 100;
/** Words that a loop may go over one by one: `for phase in ['train', 'val']`. */
const MOST_WORDS = 4;

const LOSSES = /^(?:torch\.nn\.\w{1,40}Loss|torch\.nn\.functional\.\w{1,60})$/u;

/**
 * Goes through a training script once, in order, and takes down the calls that say how something is trained. Constants,
 * arguments of `argparse`, functions and classes of the code's own are followed; every loop is gone through once; nothing
 * is run. A name that two branches give different values is not known after them.
 */
export class TrainingWalker {
  readonly #events = new TrainingEvents();
  readonly #effort: Effort;
  readonly #scopes = new Scopes();
  readonly #following = {
    events: this.#events,
    parsers: new ArgumentParsers(),
    invoke: (...call: Parameters<TrainingWalker['invoke']>): Value => this.invoke(...call),
  };
  #calls = 0;
  #depth = 0;
  /** Branches around what is being followed of which nobody knows whether they are taken. */
  #branches = 0;

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  get events(): readonly TrainingEvent[] {
    return this.#events.all;
  }

  /** The value that the body gives back where it says so. */
  walk(statements: readonly Statement[]): Value | null {
    let returned: Value | null = null;
    for (const statement of statements) returned = this.#statement(statement) ?? returned;
    return returned;
  }

  #statement(statement: Statement): Value | null {
    if (!this.#effort.spend()) return null;
    switch (statement.kind) {
      case 'assign': {
        const value = this.value(statement.value);
        for (const target of statement.targets) this.#bind(target, value);
        return null;
      }
      case 'change':
        this.#bind(statement.target, UNKNOWN);
        this.value(statement.value);
        return null;
      case 'expression':
        this.value(statement.value);
        return null;
      case 'return':
        if (this.#events.inOwnLoop) this.#events.note('leave');
        return statement.value === null ? null : this.value(statement.value);
      case 'leave':
        this.#events.note('leave');
        return null;
      case 'for':
        return this.#for(statement);
      case 'while':
        return this.#within({ over: 'unknown' }, statement.body);
      case 'if':
        return this.#if(statement);
      case 'with':
        for (const { value, target } of statement.items) {
          const entered = this.value(value);
          if (target !== null) this.#bind(target, entered);
        }
        return this.walk(statement.body);
      case 'try':
        return this.walk(statement.parts.flat());
      case 'group':
        return this.walk(statement.body);
      case 'define': {
        const { name, parameters, body } = statement;
        this.#scopes.top.set(name, {
          type: 'function',
          parameters,
          body,
          around: this.#scopes.visible,
        });
        return null;
      }
      case 'class':
        this.#scopes.top.set(
          statement.name,
          classOf(statement, ({ value }) => this.value(value)),
        );
        return null;
      case 'import':
        this.#import(statement);
        return null;
    }
  }

  #for({ target, iterable, body }: Extract<Statement, { kind: 'for' }>): Value | null {
    const over = this.value(iterable);
    this.#forget(body);
    if (isWords(over)) {
      let returned: Value | null = null;
      for (const word of over.items) {
        this.#bind(target, word);
        returned = this.walk(body) ?? returned;
      }
      return returned;
    }
    this.#bind(target, isGroups(over) ? over : UNKNOWN);
    return this.#within(loopOver(over), body);
  }

  #within(loop: Loop, body: readonly Statement[]): Value | null {
    this.#forget(body);
    return this.#events.within(loop, () => this.walk(body));
  }

  #forget(body: readonly Statement[]): void {
    for (const name of namesChangedIn(body)) this.#scopes.top.set(name, UNKNOWN);
  }

  #if({ branches, otherwise }: Extract<Statement, { kind: 'if' }>): Value | null {
    const open: (readonly Statement[])[] = [];
    let isDecided = false;
    for (const { condition, body } of branches) {
      this.value(condition);
      const truth: boolean | null = isDecided
        ? false
        : holds(condition, (part) => this.value(part));
      if (truth === false) continue;
      open.push(body);
      isDecided = truth === true;
    }
    if (!isDecided) open.push(otherwise);
    const [only] = open;
    if (open.length === 1 && only !== undefined) return this.walk(only);
    // `if __name__ == "__main__":` and the like alone are no condition of what is in them.
    const counts = open.filter((body) => body.length > 0).length > 1 || this.#events.inLoop;
    let returned: Value | null = null;
    const follow = (): void => {
      this.#branches += 1;
      this.#scopes.branches(
        open.map((body) => () => {
          returned = this.walk(body) ?? returned;
        }),
      );
      this.#branches -= 1;
    };
    if (counts) this.#events.underCondition(follow);
    else follow();
    return returned;
  }

  #import({ module, alias, names }: Extract<Statement, { kind: 'import' }>): void {
    if (names === null) {
      const root = module.split('.')[0] ?? module;
      this.#scopes.top.set(alias ?? root, { type: 'path', path: alias === null ? root : module });
    }
    for (const { name, alias: other } of names ?? []) {
      if (name !== '*')
        this.#scopes.top.set(other ?? name, { type: 'path', path: `${module}.${name}` });
    }
  }

  #bind(target: Expression, value: Value): void {
    if (target.kind === 'name') this.#scopes.top.set(target.name, value);
    else if (target.kind === 'member') {
      const object = this.value(target.object);
      if (object.type === 'record') this.#put(object.entries, target.name, value);
      if (object.type === 'class') this.#put(object.attributes, target.name, value);
      if (target.name === 'requires_grad')
        this.#events.note('unusual', 'weights that are kept as they are');
      if (target.name === 'automatic_optimization')
        this.#events.note('unusual', 'steps of their own');
    } else if (target.kind === 'index') {
      const object = this.value(target.object);
      if (isGroups(object)) this.#events.note('unusual', 'a learning rate that is set by hand');
      const key = this.value(target.index);
      if (object.type === 'record' && key.type === 'data') {
        this.#put(object.entries, String(key.data), value);
      }
    } else if (target.kind === 'list') {
      for (const [index, item] of target.items.entries()) {
        this.#bind(item, value.type === 'list' ? (value.items[index] ?? UNKNOWN) : UNKNOWN);
      }
    }
  }

  /** Gives a part of an object a value; one that had another and gets this in a branch is not known after it. */
  #put(parts: Map<string, Value>, name: string, value: Value): void {
    const before = parts.get(name);
    const unsure = this.#branches > 0 && before !== undefined && before !== value;
    parts.set(name, unsure ? UNKNOWN : value);
  }

  value(expression: Expression): Value {
    if (this.#depth >= DEEPEST_EXPRESSION || !this.#effort.spend()) return UNKNOWN;
    this.#depth += 1;
    const value = this.#evaluate(expression);
    this.#depth -= 1;
    return value;
  }

  #evaluate(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return { type: 'data', data: expression.value };
      case 'name':
        return this.#scopes.lookUp(expression.name);
      case 'member':
        return memberOf(this.value(expression.object), expression.name);
      case 'list':
        return { type: 'list', items: expression.items.map((item) => this.value(item)) };
      case 'dict':
        return {
          type: 'record',
          of: null,
          entries: new Map(
            expression.entries.flatMap(({ key, value }): (readonly [string, Value])[] => {
              const name = key === null ? UNKNOWN : this.value(key);
              return name.type === 'data' ? [[String(name.data), this.value(value)]] : [];
            }),
          ),
        };
      case 'index': {
        const [object, key] = [this.value(expression.object), this.value(expression.index)];
        if (isGroups(object)) return object;
        if (key.type !== 'data') return UNKNOWN;
        if (object.type === 'record') return object.entries.get(String(key.data)) ?? UNKNOWN;
        return object.type === 'list' && typeof key.data === 'number'
          ? (object.items.at(key.data) ?? UNKNOWN)
          : UNKNOWN;
      }
      case 'negative': {
        const number = numberOf(this.value(expression.operand));
        return number === null ? UNKNOWN : { type: 'data', data: -number };
      }
      case 'binary': {
        const [a, b] = [
          numberOf(this.value(expression.left)),
          numberOf(this.value(expression.right)),
        ];
        const result =
          a === null || b === null || expression.operator === '^'
            ? null
            : calculateNumbers(expression.operator, a, b);
        return result === null ? UNKNOWN : { type: 'data', data: result };
      }
      case 'call':
        return this.#call(this.value(expression.callee), expression.args);
      case 'function':
        return {
          type: 'function',
          parameters: expression.parameters,
          body: expression.body,
          around: this.#scopes.visible,
        };
      case 'named': {
        const value = this.value(expression.value);
        this.#bind(expression.target, value);
        return value;
      }
      default:
        return UNKNOWN;
    }
  }

  #call(callee: Value, args: readonly Argument[]): Value {
    const positional: Value[] = [];
    const named = new Map<string, Value>();
    let unclear = false;
    for (const { name, value, spread } of args) {
      const worked = this.value(value);
      if (!spread) {
        if (name === null) positional.push(worked);
        else named.set(name, worked);
      } else if (worked.type === 'list') positional.push(...worked.items);
      else if (worked.type === 'record') for (const entry of worked.entries) named.set(...entry);
      else unclear = true;
    }
    switch (callee.type) {
      case 'function':
        return this.invoke(callee, positional, named);
      case 'class': {
        const object: Value = { type: 'record', of: callee, entries: new Map() };
        const init = callee.methods.get('__init__');
        if (init !== undefined) this.invoke(init, [object, ...positional], named);
        else {
          // A dataclass has the names of its body, some of them given otherwise; in which order, its annotations say.
          if (positional.length > 0 || unclear) {
            for (const name of callee.attributes.keys()) object.entries.set(name, UNKNOWN);
          }
          for (const entry of named) object.entries.set(...entry);
        }
        return object;
      }
      case 'path':
        return callPath(
          { type: 'called', path: callee.path, positional, named, unclear },
          this.#following,
        );
      case 'called':
        if (!LOSSES.test(callee.path)) return UNKNOWN;
        this.#events.tell('loss', callee, positional);
        return { type: 'loss' };
      case 'method':
        return this.#callMethod(callee.object, callee.name, { positional, named, unclear });
      default:
        return UNKNOWN;
    }
  }

  #callMethod(object: Value, name: string, passed: Passed): Value {
    if (object.type === 'called') return callMethodOf(object, name, passed, this.#following);
    if (object.type === 'record') return this.#callMethodOfRecord(object, name, passed);
    if (name === 'backward') noteBackward(object, this.#events);
    if (name === 'zero_grad') this.#events.note('zero');
    return UNKNOWN;
  }

  /** A method of an object of a class of the code's own, or of a dictionary. */
  #callMethodOfRecord(
    object: Extract<Value, { type: 'record' }>,
    name: string,
    { positional, named }: Passed,
  ): Value {
    const [first, second] = positional;
    if (object.of === null) {
      if (name === 'update' && first?.type === 'record') {
        for (const entry of first.entries) object.entries.set(...entry);
      }
      return name === 'get' && first?.type === 'data'
        ? (object.entries.get(String(first.data)) ?? second ?? UNKNOWN)
        : UNKNOWN;
    }
    const method = object.of.methods.get(name);
    if (method !== undefined) return this.invoke(method, [object, ...positional], named);
    if (name === 'zero_grad') this.#events.note('zero');
    if (name === 'state_dict') this.#events.note('keep');
    if (name === 'load_state_dict') this.#events.note('unusual', 'weights that begin otherwise');
    if (name === 'apply' && first?.type === 'function') this.invoke(first, [], new Map());
    if (name === 'save_hyperparameters') {
      // Lightning keeps what `__init__` was given.
      const hparams: Value = { type: 'record', of: null, entries: new Map(this.#scopes.top) };
      object.entries.set('hparams', hparams);
    }
    return ['to', 'cuda', 'cpu', 'train', 'eval', 'float'].includes(name) ? object : UNKNOWN;
  }

  /** Follows a function with what it is given. */
  invoke(
    { parameters, body, around }: FunctionValue,
    positional: readonly Value[],
    named: ReadonlyMap<string, Value>,
  ): Value {
    if (this.#calls >= DEEPEST_CALL) return UNKNOWN;
    const scope: Scope = new Map();
    const rest = [...positional];
    for (const parameter of parameters)
      scope.set(parameter.name, this.#passed(parameter, rest, named));
    this.#calls += 1;
    const returned = this.#events.inFunction(() =>
      this.#scopes.within(around, scope, () => this.walk(body)),
    );
    this.#calls -= 1;
    return returned ?? UNKNOWN;
  }

  #passed(
    { name, initial, takes }: Parameter,
    rest: Value[],
    named: ReadonlyMap<string, Value>,
  ): Value {
    if (takes === 'rest') return { type: 'list', items: rest.splice(0) };
    if (takes === 'options') return { type: 'record', of: null, entries: new Map(named) };
    return named.get(name) ?? rest.shift() ?? (initial === null ? UNKNOWN : this.value(initial));
  }
}

function isWords(value: Value): value is Extract<Value, { type: 'list' }> {
  return (
    value.type === 'list' &&
    value.items.length <= MOST_WORDS &&
    value.items.every((item) => item.type === 'data' && typeof item.data === 'string')
  );
}
