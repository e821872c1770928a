import { calculate } from './calculate.ts';
import { SELF_CALLS, callByName } from './keras-calls.ts';
import type { Argument, Expression, Statement } from './syntax.ts';
import {
  type ModelDraft,
  NO_VALUE,
  type Value,
  type ValueArgument,
  dataValue,
  note,
} from './value.ts';
import type { CodeValue } from './code-model.ts';

/** Bounds on following calls of functions that the code itself defines. */
const MOST_STEPS = 200_000;
const DEEPEST_CALL = 8;
const DEEPEST_EXPRESSION = 1000;

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
  readonly #drafts: ModelDraft[] = [];
  readonly #touched = new Set<ModelDraft>();
  #loops = 0;
  #steps = 0;
  #depth = 0;
  #torn = false;

  /** Goes through a program; returns the networks that it deals with, in order of their making. */
  run(statements: readonly Statement[]): ModelDraft[] {
    this.#touched.clear();
    this.#many(statements);
    return this.#drafts.filter((draft) => this.#touched.has(draft));
  }

  createDraft(): ModelDraft {
    const draft: ModelDraft = {
      name: '',
      nameDepth: 0,
      layers: [],
      holed: false,
      loops: this.#loops,
      optimizer: null,
      loss: null,
      fromLogits: false,
      metrics: [],
      fits: [],
      notUnderstood: [],
    };
    this.#drafts.push(draft);
    this.touch(draft);
    return draft;
  }

  touch(draft: ModelDraft): void {
    this.#touched.add(draft);
  }

  /** Adds a layer, a list of layers or another network to a network; anything else leaves a hole in it. */
  add(draft: ModelDraft, value: Value): void {
    this.touch(draft);
    if (this.#loops > draft.loops) {
      draft.holed = true;
      note(draft, 'layers that are added in a loop');
    } else if (this.#torn) {
      draft.holed = true;
      note(draft, 'a call whose bracket is never closed');
    } else if (value.type === 'layer') {
      const { className, unclear } = value.layer;
      for (const option of unclear) {
        note(draft, `${option} of ${className}`);
        if (option !== 'input_shape' && option !== 'batch_input_shape' && option !== 'shape')
          draft.holed = true;
      }
      draft.layers.push(value.layer);
    } else if (value.type === 'tensor' && value.layers.length === 1) {
      // A bare `Input(shape=…)` stands for an input layer.
      draft.layers.push(...value.layers);
    } else if (value.type === 'layers') {
      for (const item of value.items) this.add(draft, item);
    } else if (value.type === 'model') {
      draft.layers.push(...value.draft.layers);
      draft.holed ||= value.draft.holed;
    } else {
      draft.holed = true;
      note(draft, `layer ${draft.layers.length + 1}`);
    }
  }

  #many(statements: readonly Statement[]): Finished | null {
    for (const statement of statements) {
      const finished = this.#statement(statement);
      if (finished !== null) return finished;
    }
    return null;
  }

  #statement(statement: Statement): Finished | null {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) return null;
    this.#torn = statement.torn;
    switch (statement.kind) {
      case 'loop': {
        this.#loops += 1;
        const finished = this.#many(statement.body);
        this.#loops -= 1;
        return finished;
      }
      case 'group':
        return this.#many(statement.body);
      case 'return':
        return { value: this.evaluate(statement.value) };
      case 'expression':
        this.evaluate(statement.value);
        return null;
      case 'assign': {
        const value = this.evaluate(statement.value);
        for (const target of statement.targets) this.#bind(target, value);
        return null;
      }
    }
  }

  #bind(target: Expression, value: Value): void {
    if (target.kind === 'list') {
      const items = value.type === 'data' && Array.isArray(value.data) ? value.data : [];
      for (const [index, item] of target.items.entries()) {
        const part: CodeValue | undefined = items[index];
        this.#bind(item, part === undefined ? NO_VALUE : dataValue(part));
      }
    }
    const name =
      target.kind === 'name'
        ? target.name
        : target.kind === 'literal' && typeof target.value === 'string'
          ? target.value
          : null;
    if (name === null) return;
    this.#scopes.at(-1)?.set(name, value);
    if (value.type !== 'model') return;
    const { draft } = value;
    // What a function calls it inside is not what the program knows it by.
    if (draft.name === '' || draft.nameDepth > this.#scopes.length) {
      draft.name = name.slice(0, 80);
      draft.nameDepth = this.#scopes.length;
    }
  }

  evaluate(expression: Expression): Value {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS || this.#depth > DEEPEST_EXPRESSION) return NO_VALUE;
    this.#depth += 1;
    const value = this.#evaluate(expression);
    this.#depth -= 1;
    return value;
  }

  #evaluate(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return dataValue(expression.value);
      case 'name':
        return this.#lookUp(expression.name);
      case 'list':
        return listValue(expression.items.map((item) => this.evaluate(item)));
      case 'dict':
        return this.#dictionary(expression.entries);
      case 'negative':
        return calculate('-', dataValue(0), this.evaluate(expression.operand));
      case 'binary':
        return expression.operator === 'pipe'
          ? this.#pipe(expression.left, expression.right)
          : calculate(
              expression.operator,
              this.evaluate(expression.left),
              this.evaluate(expression.right),
            );
      case 'index':
        return indexed(this.evaluate(expression.object), this.evaluate(expression.index));
      case 'member':
        return this.#member(expression);
      case 'call':
        return this.#call(expression.callee, this.#arguments(expression.args));
      case 'function':
        return { type: 'function', parameters: expression.parameters, body: expression.body };
      case 'block':
        return this.#many(expression.body)?.value ?? NO_VALUE;
      case 'unknown':
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

  #member({ object, name }: Extract<Expression, { kind: 'member' }>): Value {
    const owner = this.evaluate(object);
    // `tf.nn.relu`, `keras$losses$categorical_crossentropy`: the last name says what it is.
    return owner.type === 'named' ? { type: 'named', name, options: {}, unclear: [] } : NO_VALUE;
  }

  #arguments(args: readonly Argument[]): ValueArgument[] {
    return args.map(({ name, value, spread }) => ({ name, spread, value: this.evaluate(value) }));
  }

  /** `model %>% fit(x, y)` passes what stands on the left as the first argument. */
  #pipe(left: Expression, right: Expression): Value {
    const args = right.kind === 'call' ? this.#arguments(right.args) : [];
    const callee = right.kind === 'call' ? right.callee : right;
    const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
    const value = this.#adopted(left, this.evaluate(left), name, args);
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
    const draft = this.createDraft();
    draft.holed = true;
    note(draft, 'where the network is made');
    const model: Value = { type: 'model', draft };
    this.#bind(owner, model);
    return model;
  }

  #call(callee: Expression, args: readonly ValueArgument[]): Value {
    if (callee.kind === 'member') {
      const owner = this.#adopted(callee.object, this.evaluate(callee.object), callee.name, args);
      if (owner.type === 'model' || (SELF_CALLS.has(callee.name) && owner.type !== 'named')) {
        return callByName(this, callee.name, [
          { name: null, value: owner, spread: false },
          ...args,
        ]);
      }
      return callByName(this, callee.name, args);
    }
    if (callee.kind === 'name') {
      const own = this.#lookUp(callee.name);
      if (own.type === 'function') return this.#follow(own, args);
      if (own.type === 'layer' || own.type === 'model') return this.#apply(own, args);
      return callByName(this, callee.name, args);
    }
    const made = this.evaluate(callee);
    if (made.type === 'function') return this.#follow(made, args);
    return this.#apply(made, args);
  }

  /** `Dense(10)(x)`: a layer put after what came before. */
  #apply(layer: Value, args: readonly ValueArgument[]): Value {
    const input = args[0]?.value ?? NO_VALUE;
    if (input.type !== 'tensor') return NO_VALUE;
    if (layer.type === 'model') {
      return {
        type: 'tensor',
        layers: [...input.layers, ...layer.draft.layers],
        whole: input.whole && !layer.draft.holed,
      };
    }
    if (layer.type !== 'layer') return { ...input, whole: false };
    return { type: 'tensor', layers: [...input.layers, layer.layer], whole: input.whole };
  }

  #follow(own: Extract<Value, { type: 'function' }>, args: readonly ValueArgument[]): Value {
    if (this.#scopes.length > DEEPEST_CALL) return NO_VALUE;
    const scope = new Map<string, Value>();
    const positional = args.filter(({ name }) => name === null);
    for (const [index, { name, initial }] of own.parameters.entries()) {
      const given = args.find((argument) => argument.name === name) ?? positional[index];
      scope.set(name, given?.value ?? (initial === null ? NO_VALUE : this.evaluate(initial)));
    }
    this.#scopes.push(scope);
    try {
      const last = own.body.at(-1);
      // R gives back the value of the last expression.
      const body = last?.kind === 'expression' ? own.body.slice(0, -1) : own.body;
      const finished = this.#many(body);
      if (finished !== null) return finished.value;
      return last?.kind === 'expression' ? this.evaluate(last.value) : NO_VALUE;
    } finally {
      this.#scopes.pop();
    }
  }

  #dictionary(entries: readonly { key: Expression; value: Expression }[]): Value {
    const data: Record<string, CodeValue> = {};
    for (const { key, value } of entries) {
      const name = this.evaluate(key);
      const content = this.evaluate(value);
      if (name.type !== 'data' || typeof name.data !== 'string' || content.type !== 'data')
        return NO_VALUE;
      if (name.data === '__proto__') return NO_VALUE;
      data[name.data] = content.data;
    }
    return dataValue(data);
  }
}

/** A list of data is data; a list with layers in it stays a list of values. */
export function listValue(items: readonly Value[]): Value {
  const data: CodeValue[] = [];
  for (const item of items) {
    if (item.type !== 'data') return { type: 'layers', items };
    data.push(item.data);
  }
  return dataValue(data);
}

function indexed(object: Value, index: Value): Value {
  if (object.type !== 'data' || index.type !== 'data' || typeof index.data !== 'number')
    return NO_VALUE;
  if (!Array.isArray(object.data)) return NO_VALUE;
  const found: CodeValue | undefined = object.data.at(index.data);
  return found === undefined ? NO_VALUE : dataValue(found);
}
