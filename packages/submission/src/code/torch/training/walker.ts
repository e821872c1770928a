import type { Effort } from '../../effort.ts';
import { calculateNumbers } from '../../number-arithmetic.ts';
import type { Argument, Expression, Parameter, Statement } from '../../syntax.ts';
import {
  type Called,
  type ClassValue,
  type FunctionValue,
  type Loop,
  type TrainingEvent,
  UNKNOWN,
  type Value,
} from './values.ts';

const DEEPEST_CALL = 12;
const DEEPEST_EXPRESSION = 100;
const MOST_EVENTS = 1000;
type Scope = Map<string, Value>;

/** Wrappers of what a loop goes over: bars of progress, and numbers beside the items. */
const WRAPPERS =
  /(?:^|\.)(?:tqdm|trange|tqdm_notebook|enumerate|track|notebook_tqdm|progress_bar)$/u;
const LOSSES = /^(?:torch\.nn\.\w{1,40}Loss|torch\.nn\.functional\.\w{1,60})$/u;

/** What everybody calls PyTorch's modules, where an import was not handed in. */
const USUAL: Readonly<Record<string, string>> = {
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  optim: 'torch.optim',
  DataLoader: 'torch.utils.data.DataLoader',
};

/**
 * Goes through a training script once, in order, and takes down the calls that say how something is trained. Constants,
 * arguments of `argparse`, functions and classes of the code's own are followed; every loop is gone through once; nothing
 * is run. A name that two branches give different values is not known after them.
 */
export class TrainingWalker {
  readonly events: TrainingEvent[] = [];
  readonly #effort: Effort;
  readonly #globals: Scope = new Map();
  #scopes: Scope[] = [this.#globals];
  #loops: readonly Loop[] = [];
  #conditions = 0;
  #calls = 0;
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
        return statement.value === null ? null : this.value(statement.value);
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
        this.#top.set(name, { type: 'function', parameters, body });
        return null;
      }
      case 'class':
        this.#top.set(statement.name, classOf(statement));
        return null;
      case 'import':
        this.#import(statement);
        return null;
    }
  }

  #for({ target, iterable, body }: Extract<Statement, { kind: 'for' }>): Value | null {
    const loop = this.#loopOver(this.value(iterable));
    this.#bind(target, UNKNOWN);
    return this.#within(loop, body);
  }

  #within(loop: Loop, body: readonly Statement[]): Value | null {
    const before = this.#loops;
    this.#loops = [...before, loop];
    const returned = this.walk(body);
    this.#loops = before;
    return returned;
  }

  #loopOver(value: Value): Loop {
    if (value.type !== 'called') return { over: 'unknown' };
    const [first] = value.positional;
    if (value.path === 'range' || /(?:^|\.)trange$/u.test(value.path)) {
      const numbers = value.positional.map(numberOf);
      if (numbers.some((number) => number === null)) return { over: 'numbers', turns: null };
      const [from, to, step] =
        numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
      return { over: 'numbers', turns: Math.max(0, Math.ceil(((to ?? 0) - from) / step)) };
    }
    if (WRAPPERS.test(value.path)) {
      return this.#loopOver(first ?? value.named.get('iterable') ?? UNKNOWN);
    }
    return value.path.endsWith('DataLoader')
      ? { over: 'loader', loader: value }
      : { over: 'unknown' };
  }

  #if({ branches, otherwise }: Extract<Statement, { kind: 'if' }>): Value | null {
    for (const { condition } of branches) this.value(condition);
    const before = this.#scopes.map((scope) => new Map(scope));
    const bodies = [...branches.map(({ body }) => body), otherwise];
    const ends: Scope[][] = [];
    let returned: Value | null = null;
    // `if __name__ == "__main__":` and the like alone are no condition of what is in them.
    const counts = bodies.filter((body) => body.length > 0).length > 1 || this.#loops.length > 0;
    if (counts) this.#conditions += 1;
    for (const body of bodies) {
      for (const [index, scope] of this.#scopes.entries()) restore(scope, before[index]!);
      returned = this.walk(body) ?? returned;
      ends.push(this.#scopes.map((scope) => new Map(scope)));
    }
    if (counts) this.#conditions -= 1;
    for (const [index, scope] of this.#scopes.entries()) {
      restore(
        scope,
        merged(
          before[index]!,
          ends.map((end) => end[index]!),
        ),
      );
    }
    return returned;
  }

  #import({ module, alias, names }: Extract<Statement, { kind: 'import' }>): void {
    if (names === null) {
      const root = module.split('.')[0] ?? module;
      this.#top.set(alias ?? root, { type: 'path', path: alias === null ? root : module });
    }
    for (const { name, alias: other } of names ?? []) {
      if (name !== '*') this.#top.set(other ?? name, { type: 'path', path: `${module}.${name}` });
    }
  }

  #bind(target: Expression, value: Value): void {
    if (target.kind === 'name') this.#top.set(target.name, value);
    else if (target.kind === 'member') {
      const object = this.value(target.object);
      if (object.type === 'record') object.entries.set(target.name, value);
    } else if (target.kind === 'index') {
      const object = this.value(target.object);
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
        return this.#lookUp(expression.name);
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
        return { type: 'function', parameters: expression.parameters, body: expression.body };
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
        if (LOSSES.test(callee.path)) this.#tell('loss', callee, positional);
        return UNKNOWN;
      case 'method':
        return this.#callMethod(callee.object, callee.name, { positional, named, unclear });
      default:
        return UNKNOWN;
    }
  }

  #callPath(called: Called): Value {
    const { path, positional } = called;
    if (path.startsWith('torch.nn.functional.')) this.#tell('loss', called, positional);
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
    if (object.type === 'called') {
      if (name === 'add_argument') return this.#argument(object, positional, named);
      if (name === 'parse_args') {
        return { type: 'record', of: null, entries: new Map(this.#arguments.get(object)) };
      }
      if (name === 'step') this.#tell('step', object, positional);
      if (name === 'fit') {
        this.#tell('fit', object, positional);
        const [model] = positional;
        if (model !== undefined) this.#lightning(model);
      }
      return ['to', 'cuda', 'cpu'].includes(name) ? object : UNKNOWN;
    }
    if (name === 'backward') {
      this.#tell('backward', { type: 'called', path: '', positional, named, unclear: false }, []);
    }
    return UNKNOWN;
  }

  readonly #arguments = new Map<Called, Map<string, Value>>();

  /** `parser.add_argument('-b', '--batch-size', default=64)` */
  #argument(parser: Called, flags: readonly Value[], named: ReadonlyMap<string, Value>): Value {
    const texts = flags.flatMap((flag) =>
      flag.type === 'data' && typeof flag.data === 'string' ? [flag.data] : [],
    );
    const own = named.get('dest');
    const flag = texts.find((text) => text.startsWith('--')) ?? texts[0] ?? '';
    const name =
      own?.type === 'data' ? String(own.data) : flag.replace(/^-+/u, '').replaceAll('-', '_');
    const known = this.#arguments.get(parser) ?? new Map<string, Value>();
    known.set(name, named.get('default') ?? UNKNOWN);
    this.#arguments.set(parser, known);
    return UNKNOWN;
  }

  /** What `trainer.fit(model)` does with a module of Lightning's. */
  #lightning(model: Value): void {
    if (model.type !== 'record' || model.of === null) return;
    const configure = model.of.methods.get('configure_optimizers');
    const told = configure === undefined ? UNKNOWN : this.#invoke(configure, [model], new Map());
    for (const subject of calledIn(told)) this.#tell('step', subject, []);
    const step = model.of.methods.get('training_step');
    if (step !== undefined) this.#invoke(step, [model], new Map());
  }

  #invoke(
    { parameters, body }: FunctionValue,
    positional: readonly Value[],
    named: ReadonlyMap<string, Value>,
  ): Value {
    if (this.#calls >= DEEPEST_CALL) return UNKNOWN;
    const scope: Scope = new Map();
    const rest = [...positional];
    for (const parameter of parameters)
      scope.set(parameter.name, this.#passed(parameter, rest, named));
    const before = this.#scopes;
    this.#scopes = [this.#globals, scope];
    this.#calls += 1;
    const returned = this.walk(body);
    this.#calls -= 1;
    this.#scopes = before;
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

  #lookUp(name: string): Value {
    return (
      this.#top.get(name) ??
      this.#globals.get(name) ?? {
        type: 'path',
        path: (Object.hasOwn(USUAL, name) ? USUAL[name] : undefined) ?? name,
      }
    );
  }

  get #top(): Scope {
    return this.#scopes.at(-1) ?? this.#globals;
  }
}

export function numberOf(value: Value | undefined): number | null {
  return value?.type === 'data' && typeof value.data === 'number' ? value.data : null;
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
            { type: 'function', parameters: statement.parameters, body: statement.body },
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

function restore(scope: Scope, values: ReadonlyMap<string, Value>): void {
  scope.clear();
  for (const [name, value] of values) scope.set(name, value);
}

/** What is known after branches: what all of those say that change it. */
function merged(before: Scope, ends: readonly Scope[]): Scope {
  const result: Scope = new Map(before);
  for (const name of new Set(ends.flatMap((end) => [...end.keys()]))) {
    const changed = new Set(
      ends.map((end) => end.get(name)).filter((value) => value !== before.get(name)),
    );
    const said = [...changed].filter((value) => value !== undefined);
    const [first, ...others] = said;
    if (first === undefined) continue;
    // A name that is only given a value under a condition keeps it; one that had another has either.
    const unsure = others.length > 0 || (before.has(name) && said.length < ends.length);
    result.set(name, unsure && first.type !== 'path' ? UNKNOWN : first);
  }
  return result;
}
