import type { ArgumentParsers } from './argument-parsers.ts';
import type { TrainingEvents } from './events.ts';
import type { Called, FunctionValue, Value } from './values.ts';

/** What was passed to a call. */
export type Passed = Pick<Called, 'positional' | 'named' | 'unclear'>;

/** What following calls of libraries needs of whoever goes through the program. */
export interface Following {
  readonly events: TrainingEvents;
  readonly parsers: ArgumentParsers;
  invoke(
    method: FunctionValue,
    positional: readonly Value[],
    named: ReadonlyMap<string, Value>,
  ): Value;
}
