import type { Effort } from '../../effort.ts';
import { calculateNumbers } from '../../number-arithmetic.ts';
import type { Argument, Expression, Parameter, Statement } from '../../syntax.ts';
import { ArgumentParsers } from './argument-parsers.ts';
import { holds } from './conditions.ts';
import { loopOver, namesChangedIn } from './loops.ts';
import { Scopes } from './scopes.ts';
import { whatChanges } from './unusual-calls.ts';
import {
  type Called,
  type ClassValue,
  type FunctionValue,
  type Loop,
  numberOf,
  type Scope,
  type TrainingEvent,
  UNKNOWN,
  type Value,
} from './values.ts';
import { isLoss } from './words.ts';

const DEEPEST_CALL = 12;
const DEEPEST_EXPRESSION = 100;
const MOST_EVENTS = 1000;

const LOSSES = /^(?:torch\.nn\.\w{1,40}Loss|torch\.nn\.functional\.\w{1,60})$/u;

/**
 * Goes through a training script once, in order, and takes down the calls that say how something is trained. Constants,
 * arguments of `argparse`, functions and classes of the code's own are followed; every loop is gone through once; nothing
 * is run. A name that two branches give different values is not known after them.
 */
export class TrainingWalker {
  readonly events: TrainingEvent[] = [];
  readonly #effort: Effort;
  readonly #scopes = new Scopes();
  readonly #parsers = new ArgumentParsers();
  #loops: readonly Loop[] = [];
  #conditions = 0;
  #calls = 0;
  /** Loops around the function that is being followed. */
  #outside = 0;
  #depth = 0;

  constructor(effort: Effort) {
    this.#effort = effort;
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
        if (this.#loops.length > this.#outside) this.#note('leave', '');
        return statement.value === null ? null : this.value(statement.value);
      case 'leave':
        this.#note('leave', '');
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
        this.#scopes.top.set(statement.name, classOf(statement));
        return null;
      case 'import':
        this.#import(statement);
        return null;
    }
  }

  #for({ target, iterable, body }: Extract<Statement, { kind: 'for' }>): Value | null {
    const over = this.value(iterable);
    this.#forget(body);
    this.#bind(target, isGroups(over) ? over : UNKNOWN);
    return this.#within(loopOver(over), body);
  }

  #within(loop: Loop, body: readonly Statement[]): Value | null {
    const before = this.#loops;
    this.#loops = [...before, loop];
    this.#forget(body);
    const returned = this.walk(body);
    this.#loops = before;
    return returned;
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
    const counts = open.filter((body) => body.length > 0).length > 1 || this.#loops.length > 0;
    let returned: Value | null = null;
    if (counts) this.#conditions += 1;
    this.#scopes.branches(
      open.map((body) => () => {
        returned = this.walk(body) ?? returned;
      }),
    );
    if (counts) this.#conditions -= 1;
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
      if (object.type === 'record') object.entries.set(target.name, value);
      if (target.name === 'requires_grad')
        this.#note('unusual', 'weights that are kept as they are');
      if (target.name === 'automatic_optimization') this.#note('unusual', 'steps of their own');
    } else if (target.kind === 'index') {
      const object = this.value(target.object);
      if (isGroups(object)) this.#note('unusual', 'a learning rate that is set by hand');
      const key = this.value(target.index);
      if (object.type === 'record' && key.type === 'data') {
        object.entries.set(String(key.data), value);
      }
    } else if (target.kind === 'list') {
      for (const [index, item] of target.items.entries()) {
        this.#bind(item, value.type === 'list' ? (value.items[index] ?? UNKNOWN) : UNKNOWN);
      }
    }
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
        return this.#invoke(callee, positional, named);
      case 'class': {
        const object: Value = { type: 'record', of: callee, entries: new Map() };
        const init = callee.methods.get('__init__');
        if (init !== undefined) this.#invoke(init, [object, ...positional], named);
        return object;
      }
      case 'path':
        return this.#callPath({ type: 'called', path: callee.path, positional, named, unclear });
      case 'called':
        if (!LOSSES.test(callee.path)) return UNKNOWN;
        this.#tell('loss', callee, positional);
        return { type: 'loss' };
      case 'method':
        return this.#callMethod(callee.object, callee.name, { positional, named, unclear });
      default:
        return UNKNOWN;
    }
  }

  #callPath(called: Called): Value {
    const { path, positional } = called;
    if (path.startsWith('torch.nn.functional.')) {
      this.#tell('loss', called, positional);
      if (isLoss(path)) return { type: 'loss' };
    }
    const [first] = positional;
    // Methods of a network that the code does not make itself.
    if (path.endsWith('.zero_grad')) this.#note('zero', '');
    if (path.endsWith('.apply') && first?.type === 'function') this.#invoke(first, [], new Map());
    const changes = whatChanges(path);
    if (changes !== null) this.#note('unusual', changes);
    if (/clip_grad_(?:norm|value)_?$/u.test(path)) this.#tell('clip', called, positional);
    return called;
  }

  #callMethod(
    object: Value,
    name: string,
    args: Pick<Called, 'positional' | 'named' | 'unclear'>,
  ): Value {
    const { positional, named } = args;
    if (object.type === 'record' && object.of !== null) {
      const method = object.of.methods.get(name);
      if (method !== undefined) return this.#invoke(method, [object, ...positional], named);
      const [first] = positional;
      if (name === 'zero_grad') this.#note('zero', '');
      if (name === 'load_state_dict') this.#note('unusual', 'weights that begin otherwise');
      if (name === 'apply' && first?.type === 'function') this.#invoke(first, [], new Map());
      return ['to', 'cuda', 'cpu', 'train', 'eval', 'float'].includes(name) ? object : UNKNOWN;
    }
    if (object.type === 'record') {
      const [other] = positional;
      if (name === 'update' && other?.type === 'record') {
        for (const [key, value] of other.entries) object.entries.set(key, value);
      }
      const [key] = positional;
      if (name === 'get' && key?.type === 'data') {
        return object.entries.get(String(key.data)) ?? positional[1] ?? UNKNOWN;
      }
      return UNKNOWN;
    }
    if (object.type === 'called') return this.#callMethodOf(object, name, args);
    if (name === 'backward') this.#backward(object);
    if (name === 'zero_grad') this.#note('zero', '');
    return UNKNOWN;
  }

  /** A method of something that a library made: an optimiser, a scheduler, a trainer, a parser of arguments. */
  #callMethodOf(
    object: Called,
    name: string,
    { positional, named }: Pick<Called, 'positional' | 'named' | 'unclear'>,
  ): Value {
    const [first] = positional;
    switch (name) {
      case 'add_argument':
        this.#parsers.add(object, positional, named);
        return UNKNOWN;
      case 'parse_args':
        return this.#parsers.parse(object);
      case 'zero_grad':
        this.#note('zero', '');
        return UNKNOWN;
      case 'step':
        // An optimiser that is given a closure calls it.
        if (first?.type === 'function') this.#invoke(first, [], new Map());
        this.#tell(
          'step',
          first?.type === 'called' && /(?:^|\.)optim\.\w+$/u.test(first.path) ? first : object,
          positional,
        );
        return UNKNOWN;
      case 'fit':
        this.#tell('fit', object, [
          first ?? UNKNOWN,
          positional[1] ?? named.get('train_dataloaders') ?? UNKNOWN,
        ]);
        if (first !== undefined) this.#lightning(first);
        return UNKNOWN;
      case 'backward':
        this.#backward(first ?? UNKNOWN);
        return UNKNOWN;
      case 'load_state_dict':
        this.#note('unusual', 'weights that begin otherwise');
        return UNKNOWN;
      case 'prepare':
        // Accelerate gives back what it is given.
        if (object.named.size > 0) this.#note('unusual', 'an option of Accelerator');
        return positional.length === 1 ? (first ?? UNKNOWN) : { type: 'list', items: positional };
      case 'apply':
        if (first?.type === 'function') this.#invoke(first, [], new Map());
        return object;
      case 'parameters':
        return { type: 'called', path: 'parameters', positional: [object], named, unclear: false };
      default:
        return ['to', 'cuda', 'cpu'].includes(name) ? object : UNKNOWN;
    }
  }

  #backward(of: Value): void {
    if (of.type !== 'loss') this.#note('unusual', 'a loss with more in it');
    this.#note('backward', '');
  }

  /** What `trainer.fit(model)` does with a module of Lightning's. */
  #lightning(model: Value): void {
    if (model.type !== 'record' || model.of === null) return;
    const configure = model.of.methods.get('configure_optimizers');
    const told = configure === undefined ? UNKNOWN : this.#invoke(configure, [model], new Map());
    for (const subject of calledIn(told)) this.#tell('step', subject, []);
    if (stepsOtherwise(told)) this.#note('unusual', 'a scheduler that does not step once an epoch');
    const step = model.of.methods.get('training_step');
    if (step !== undefined) this.#invoke(step, [model], new Map());
  }

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
    const outside = this.#outside;
    this.#outside = this.#loops.length;
    this.#calls += 1;
    const returned = this.#scopes.within(around, scope, () => this.walk(body));
    this.#calls -= 1;
    this.#outside = outside;
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

  #tell(kind: TrainingEvent['kind'], subject: Called, given: readonly Value[]): void {
    if (this.events.length >= MOST_EVENTS) return;
    const conditional = this.#conditions > 0;
    this.events.push({ kind, subject, given, loops: this.#loops, conditional });
  }

  #note(kind: TrainingEvent['kind'], note: string): void {
    if (this.events.length >= MOST_EVENTS) return;
    const conditional = this.#conditions > 0;
    this.events.push({ kind, subject: NOBODY, given: [], loops: this.#loops, conditional, note });
  }
}

const NOBODY: Called = {
  type: 'called',
  path: '',
  positional: [],
  named: new Map(),
  unclear: false,
};

/** `optimizer.param_groups`, and one of them. */
function isGroups(value: Value): boolean {
  return value.type === 'method' && value.name === 'param_groups';
}

function memberOf(object: Value, name: string): Value {
  if (object.type === 'path') return { type: 'path', path: `${object.path}.${name}` };
  if (object.type === 'record') {
    const entry = object.entries.get(name);
    if (entry !== undefined) return entry;
  }
  return { type: 'method', object, name };
}

function classOf({ body }: Extract<Statement, { kind: 'class' }>): ClassValue {
  const methods = body.flatMap((statement): (readonly [string, FunctionValue])[] =>
    statement.kind === 'define'
      ? [
          [
            statement.name,
            {
              type: 'function',
              parameters: statement.parameters,
              body: statement.body,
              around: null,
            },
          ],
        ]
      : [],
  );
  return { type: 'class', methods: new Map(methods) };
}

/** The optimisers and schedulers that `configure_optimizers` gives back, in any of its forms. */
function calledIn(value: Value): Called[] {
  if (value.type === 'called') return [value];
  if (value.type === 'list') return value.items.flatMap(calledIn);
  if (value.type === 'record') return [...value.entries.values()].flatMap(calledIn);
  return [];
}

/** `{'scheduler': scheduler, 'interval': 'step'}` */
function stepsOtherwise(value: Value): boolean {
  if (value.type === 'list') return value.items.some(stepsOtherwise);
  if (value.type !== 'record') return false;
  const interval = value.entries.get('interval');
  const isEach = interval === undefined || (interval.type === 'data' && interval.data === 'epoch');
  return (
    !isEach || value.entries.has('frequency') || [...value.entries.values()].some(stepsOtherwise)
  );
}
