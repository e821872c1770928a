import { hearSignals } from '../program/interruption.ts';

/** How long computing may go on without a look at anything else. */
export interface Turns<Step> {
  /** Steps of a turn. */
  readonly steps: number;
  readonly signal: AbortSignal;
  readonly onTurn?: (step: Step) => void;
}

/** Computes in turns and gives what comes out; between two turns signals are heard. Throws the signal's reason. */
export async function inTurns<Step, Result>(
  work: Generator<Step, Result, void>,
  { steps, signal, onTurn }: Turns<Step>,
): Promise<Result> {
  let step = work.next();
  for (let count = 1; step.done !== true; count += 1) {
    if (count % steps === 0) {
      onTurn?.(step.value);
      await hearSignals(signal);
    }
    step = work.next();
  }
  return step.value;
}
