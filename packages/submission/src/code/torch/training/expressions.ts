import type { Effort } from '../../effort.ts';
import { calculateNumbers } from '../../number-arithmetic.ts';
import type { Argument, Expression, Parameter, Statement } from '../../syntax.ts';
import { ArgumentParsers } from './argument-parsers.ts';
import type { TrainingEvents } from './events.ts';
import type { Following, Passed } from './following.ts';
import { callMethodOf, callPath, noteBackward } from './library-calls.ts';
import { isGroups, memberOf } from './objects.ts';
import type { Scopes } from './scopes.ts';
import { type FunctionValue, numberOf, type Scope, UNKNOWN, type Value } from './values.ts';

const DEEPEST_CALL = 12;
const DEEPEST_EXPRESSION = 100;

const LOSSES = /^(?:torch\.nn\.\w{1,40}Loss|torch\.nn\.functional\.\w{1,60})$/u;

/** The program whose expressions are worked out. */
interface Program {
  readonly effort: Effort;
  readonly scopes: Scopes;
  readonly events: TrainingEvents;
  /** Follows the body of a function; the value that it gives back where it says so. */
  walk(body: readonly Statement[]): Value | null;
  bind(target: Expression, value: Value): void;
}

/** What expressions of a training script stand for, with the functions and classes that they call. */
export class Expressions {
  readonly #program: Program;
  readonly #following: Following;
  #calls = 0;
  #depth = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#following = {
      events: program.events,
      parsers: new ArgumentParsers(),
      invoke: (...call) => this.#invoke(...call),
    };
  }

  value(expression: Expression): Value {
    if (this.#depth >= DEEPEST_EXPRESSION || !this.#program.effort.spend()) return UNKNOWN;
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
        return this.#program.scopes.lookUp(expression.name);
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
          around: this.#program.scopes.visible,
        };
      case 'named': {
        const value = this.value(expression.value);
        this.#program.bind(expression.target, value);
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
        return this.#invoke(callee, positional, named);
      case 'class': {
        const object: Value = { type: 'record', of: callee, entries: new Map() };
        const init = callee.methods.get('__init__');
        if (init !== undefined) this.#invoke(init, [object, ...positional], named);
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
        this.#program.events.tell('loss', callee, positional);
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
    if (name === 'backward') noteBackward(object, this.#program.events);
    if (name === 'zero_grad') this.#program.events.note('zero');
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
    if (method !== undefined) return this.#invoke(method, [object, ...positional], named);
    if (name === 'zero_grad') this.#program.events.note('zero');
    if (name === 'state_dict') this.#program.events.note('keep');
    if (name === 'load_state_dict')
      this.#program.events.note('unusual', 'weights that begin otherwise');
    if (name === 'apply' && first?.type === 'function') this.#invoke(first, [], new Map());
    if (name === 'save_hyperparameters') {
      // Lightning keeps what `__init__` was given.
      const hparams: Value = {
        type: 'record',
        of: null,
        entries: new Map(this.#program.scopes.top),
      };
      object.entries.set('hparams', hparams);
    }
    return ['to', 'cuda', 'cpu', 'train', 'eval', 'float'].includes(name) ? object : UNKNOWN;
  }

  /** Follows a function with what it is given. */
  #invoke(
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
    const returned = this.#program.events.inFunction(() =>
      this.#program.scopes.within(around, scope, () => this.#program.walk(body)),
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
