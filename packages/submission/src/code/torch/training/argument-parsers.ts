import { type Called, UNKNOWN, type Value } from './values.ts';

/** What programs take from their command line, with what each is where nothing is given. */
export class ArgumentParsers {
  readonly #known = new Map<Called, Map<string, Value>>();

  /** `parser.add_argument('-b', '--batch-size', default=64)` */
  add(parser: Called, flags: readonly Value[], named: ReadonlyMap<string, Value>): void {
    const texts = flags.flatMap((flag) =>
      flag.type === 'data' && typeof flag.data === 'string' ? [flag.data] : [],
    );
    const own = named.get('dest');
    const flag = texts.find((text) => text.startsWith('--')) ?? texts[0] ?? '';
    const name =
      own?.type === 'data' ? String(own.data) : flag.replace(/^-+/u, '').replaceAll('-', '_');
    const known = this.#known.get(parser) ?? new Map<string, Value>();
    known.set(name, named.get('default') ?? initialOf(named.get('action')));
    this.#known.set(parser, known);
  }

  /** The arguments of a program that is started with none. */
  parse(parser: Called): Value {
    return { type: 'record', of: null, entries: new Map(this.#known.get(parser)) };
  }
}

/** A flag is not set. */
function initialOf(action: Value | undefined): Value {
  if (action?.type !== 'data') return UNKNOWN;
  if (action.data === 'store_true') return { type: 'data', data: false };
  return action.data === 'store_false' ? { type: 'data', data: true } : UNKNOWN;
}
