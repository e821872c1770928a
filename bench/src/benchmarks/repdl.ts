import { z } from 'zod';
import type { Benchmark } from '../benchmark.ts';
import type { Contest } from '../measure/contest.ts';
import { pythonSide, SideProcess } from '../measure/side-process.ts';

const Prepared = z.object({ versions: z.string(), steps: z.array(z.string()) });
const Milliseconds = z.object({ repdl: z.number(), torch: z.number() });

/** RepDL makes PyTorch's training bit-identical as well, by kernels with a written order of sums. */
export const repdl: Benchmark = {
  name: 'repdl',
  about: 'the products of a training step in RepDL’s CPU kernels and in PyTorch (needs --python)',
  rounds: 3,
  options: {
    checkout: { type: 'string', help: 'a checkout of github.com/microsoft/RepDL' },
  },
  async run(bench) {
    const checkout = bench.option('checkout');
    if (bench.python === null || checkout === '') {
      throw new Error('this needs --python with torch, and --checkout with RepDL’s sources');
    }
    const side = new SideProcess('RepDL', pythonSide(bench.python, 'repdl.py'));
    try {
      const { versions, steps } = await side.ask('prepare', { checkout }, Prepared);
      for (const step of steps) {
        const [ours, theirs]: [number[], number[]] = [[], []];
        for (let round = 0; round < bench.rounds; round += 1) {
          bench.progress(`round ${round + 1} of ${bench.rounds}, ${step}`);
          const { repdl: first, torch } = await side.ask('measure', { step }, Milliseconds);
          ours.push(torch);
          theirs.push(first);
        }
        const contest: Contest = {
          title: `products of a step: ${step}`,
          unit: 'ms',
          better: 'less',
          sides: [
            { name: 'PyTorch', samples: ours, versions },
            { name: 'RepDL', samples: theirs, versions: 'its matrix products and convolutions' },
          ],
        };
        bench.report(contest);
      }
    } finally {
      side.stop();
    }
  },
};
