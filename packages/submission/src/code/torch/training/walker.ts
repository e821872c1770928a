import type { Effort } from '../../effort.ts';
import type { Expression, Statement } from '../../syntax.ts';
import { holds } from './conditions.ts';
import { TrainingEvents } from './events.ts';
import { Expressions } from './expressions.ts';
import { loopOver, namesChangedIn } from './loops.ts';
import { classOf, isGroups } from './objects.ts';
import { Scopes } from './scopes.ts';
import { type Loop, type TrainingEvent, UNKNOWN, type Value } from './values.ts';

/** Words that a loop may go over one by one: `for phase in ['train', 'val']`. */
const MOST_WORDS = 4;

/**
 * Goes through a training script once, in order, and takes down the calls that say how something is trained. Constants,
 * arguments of `argparse`, functions and classes of the code's own are followed; every loop is gone through once; nothing
 * is run. A name that two branches give different values is not known after them.
 */
export class TrainingWalker {
  readonly #events = new TrainingEvents();
  readonly #effort: Effort;
  readonly #scopes = new Scopes();
  readonly #expressions: Expressions;
  /** Branches around what is being followed of which nobody knows whether they are taken. */
  #branches = 0;

  constructor(effort: Effort) {
    this.#effort = effort;
    this.#expressions = new Expressions({
      effort,
      scopes: this.#scopes,
      events: this.#events,
      walk: (body) => this.walk(body),
      bind: (target, value) => this.#bind(target, value),
    });
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
        const value = this.#value(statement.value);
        for (const target of statement.targets) this.#bind(target, value);
        return null;
      }
      case 'change':
        this.#bind(statement.target, UNKNOWN);
        this.#value(statement.value);
        return null;
      case 'expression':
        this.#value(statement.value);
        return null;
      case 'return':
        if (this.#events.inOwnLoop) this.#events.note('leave');
        return statement.value === null ? null : this.#value(statement.value);
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
          const entered = this.#value(value);
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
          classOf(statement, ({ value }) => this.#value(value)),
        );
        return null;
      case 'import':
        this.#import(statement);
        return null;
    }
  }

  #value(expression: Expression): Value {
    return this.#expressions.value(expression);
  }

  #for({ target, iterable, body }: Extract<Statement, { kind: 'for' }>): Value | null {
    const over = this.#value(iterable);
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
      this.#value(condition);
      const truth: boolean | null = isDecided
        ? false
        : holds(condition, (part) => this.#value(part));
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
      const object = this.#value(target.object);
      if (object.type === 'record') this.#put(object.entries, target.name, value);
      if (object.type === 'class') this.#put(object.attributes, target.name, value);
      if (target.name === 'requires_grad')
        this.#events.note('unusual', 'weights that are kept as they are');
      if (target.name === 'automatic_optimization')
        this.#events.note('unusual', 'steps of their own');
    } else if (target.kind === 'index') {
      const object = this.#value(target.object);
      if (isGroups(object)) this.#events.note('unusual', 'a learning rate that is set by hand');
      const key = this.#value(target.index);
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
}

function isWords(value: Value): value is Extract<Value, { type: 'list' }> {
  return (
    value.type === 'list' &&
    value.items.length <= MOST_WORDS &&
    value.items.every((item) => item.type === 'data' && typeof item.data === 'string')
  );
}
