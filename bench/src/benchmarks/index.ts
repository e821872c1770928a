import type { Benchmark } from '../benchmark.ts';
import { grading } from './grading/grading.ts';
import { conv } from './kernels/conv.ts';
import { matmul } from './kernels/matmul.ts';
import { queue } from './queue/queue.ts';
import { repdl } from './repdl.ts';
import { reports } from './reports/reports.ts';
import { start } from './start.ts';
import { profile } from './trials/profile.ts';
import { step } from './trials/step.ts';
import { trials } from './trials/trials.ts';

/** Every benchmark; a new one gets its line here. */
export const benchmarks: readonly Benchmark[] = [
  trials,
  step,
  matmul,
  conv,
  profile,
  grading,
  reports,
  queue,
  repdl,
  start,
];
