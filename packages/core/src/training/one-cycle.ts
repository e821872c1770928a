import { cos64 } from '../elementary/sine.ts';
import type { Schedule } from '../recipe/fit-options.ts';

type OneCycle = Extract<Schedule, { kind: 'one-cycle' }>;

/** A part of the cycle up to a step, in which the rate and the momentum go from one value to another. */
interface Phase {
  readonly end: number;
  readonly rate: readonly [from: number, to: number];
  readonly momentum: readonly [from: number, to: number];
}

const { PI } = Math;

/**
 * What PyTorch's `OneCycleLR` gives a step, from 0, in float64 (Smith & Topin, 2018). Source: `torch/optim/lr_scheduler.py`,
 * `OneCycleLR.get_lr`. After the last step it stays where it is; PyTorch stops with an error there.
 */
export function oneCycleAt(
  schedule: OneCycle,
  step: number,
): { learningRate: number; momentum: number | undefined } {
  const at = Math.min(step, schedule.totalSteps - 1);
  let start = 0;
  const phases = phasesOf(schedule);
  for (const [index, { end, rate, momentum }] of phases.entries()) {
    if (at <= end || index === phases.length - 1) {
      const share = (at - start) / (end - start);
      return {
        learningRate: annealed(schedule.anneal, rate, share),
        momentum:
          schedule.cycleMomentum === null ? undefined : annealed(schedule.anneal, momentum, share),
      };
    }
    start = end;
  }
  throw new RangeError('a cycle without phases');
}

function phasesOf(schedule: OneCycle): readonly Phase[] {
  const { maxLearningRate: top, totalSteps, pctStart, divFactor, finalDivFactor } = schedule;
  const { base, max } = schedule.cycleMomentum ?? { base: 0, max: 0 };
  const first = top / divFactor;
  const last = first / finalDivFactor;
  const rise: Phase = {
    end: pctStart * totalSteps - 1,
    rate: [first, top],
    momentum: [max, base],
  };
  const end = totalSteps - 1;
  if (!schedule.threePhase) return [rise, { end, rate: [top, last], momentum: [base, max] }];
  return [
    rise,
    {
      end: 2 * pctStart * totalSteps - 2,
      rate: [top, first],
      momentum: [base, max],
    },
    { end, rate: [first, last], momentum: [max, max] },
  ];
}

function annealed(
  kind: OneCycle['anneal'],
  [from, to]: readonly [number, number],
  share: number,
): number {
  return kind === 'linear'
    ? (to - from) * share + from
    : to + ((from - to) / 2) * (cos64(PI * share) + 1);
}
