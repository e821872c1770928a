import type { FunctionValue, Given, Value } from './values.ts';

/** Calls on the outputs of layers, while a network's `forward` is followed. */
export interface TensorCalls {
  /** Calls a method of a tensor, of its shape or of the number of its examples. */
  callMethod(object: Value, name: string, given: readonly Given[]): Value;
}

/** What calls of the code need of whoever follows it. */
export interface Following {
  /** The network that is being followed; `null` outside of a `forward`. */
  readonly forward: TensorCalls | null;
  /** Calls a function of the code's own. */
  invoke(called: FunctionValue, given: readonly Given[]): Value;
  /** Calls anything that the code may call; calls within one another are bounded. */
  call(callee: Value, given: readonly Given[]): Value;
  /** Steps for parts that are made, copied or gone through at once; throws `NotUnderstood` where none are left. */
  take(parts: number): void;
  /** What a loop over a value goes through; `null` where that is not known. */
  itemsOf(value: Value): readonly Value[] | null;
}
