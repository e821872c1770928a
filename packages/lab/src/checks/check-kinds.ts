import { z } from 'zod';
import type { CheckKind, Need } from './check-kind.ts';
import { type CheckSpec, CheckSpecSchema } from './check-spec.ts';

/** Each need with those that it takes for granted. */
const PRESUPPOSED: Readonly<Record<Need, readonly Need[]>> = {
  exercise: [],
  network: ['exercise'],
  recipe: ['exercise'],
  history: ['exercise'],
  model: ['exercise'],
  'test-images': ['model', 'exercise'],
  'pass-mark': ['exercise'],
  pictures: [],
  playground: [],
};

/** The kinds of checks that there are. */
export class CheckKinds<Kind extends CheckKind = CheckKind> {
  /** For whoever only trains: checks are taken as they are written. */
  static readonly unexamined: CheckKinds = new CheckKinds([]);

  /** In the order in which they are listed. */
  readonly all: readonly Kind[];
  readonly #byName: ReadonlyMap<string, Kind>;
  /** A check of any of these kinds, with its options. */
  readonly spec: z.ZodType<CheckSpec>;

  constructor(kinds: readonly Kind[]) {
    this.all = kinds;
    this.#byName = new Map(kinds.map((kind) => [kind.kind, kind]));
    const [first, ...others] = kinds.map(({ spec }) => spec);
    this.spec =
      first === undefined ? CheckSpecSchema : z.discriminatedUnion('kind', [first, ...others]);
  }

  /** `null` for a kind that there is not. */
  find(name: string): Kind | null {
    return this.#byName.get(name) ?? null;
  }

  /** Whether a check cannot decide without something; of a kind that there is not nothing is known. */
  needs(check: CheckSpec, need: Need): boolean {
    return this.#needsOf(check).some(
      (needed) => needed === need || PRESUPPOSED[needed].includes(need),
    );
  }

  #needsOf({ kind }: CheckSpec): readonly Need[] {
    return this.find(kind)?.needs ?? [];
  }
}
