/*
 * Searches the least playground network for the spiral and measures the published claim, on one core:
 *   npm run playground-sweep -w packages/exercises
 * Every finished measurement is written to the lab's folder at once; a second call goes on where the first stopped.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  measurePlayground,
  networkSize,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundMeasurement,
  playgroundPairs,
  type PlaygroundSweep,
  PlaygroundSweepSchema,
  readPlaygroundConfig,
} from '@labproof/core/playground';
import { playgroundsOf } from '@labproof/lab';
import { Labs } from '../src/index.ts';

const FILE = new URL('../labs/image-recognition/sweeps/playground.json', import.meta.url);
const spiral = playgroundsOf(new Labs().find('image-recognition'))[0];
if (spiral === undefined) throw new Error('the lab has no playground exercise');
const { config: claimed, epochs: claimedEpochs, target } = spiral;
const EPOCHS = 1000;
const GRID = {
  activations: ['sigmoid', 'tanh', 'relu'],
  learningRates: [0.01, 0.03, 0.1],
  batchSizes: [1, 10],
  shares: [90, 50],
} as const satisfies PlaygroundSweep['grid'];

const SCREENING = { firstSeed: 1, runs: 4 };
const CONFIRMATION = { firstSeed: 1001, runs: 50 };
const CLAIM_RUNS = { firstSeed: 1, runs: 1000 };

const PLANE = ['x', 'y'] as const;
const SINES = ['x', 'y', 'sinX', 'sinY'] as const;
const SQUARES = ['x', 'y', 'xSquared', 'ySquared', 'xTimesY'] as const;
const WITHOUT_PRODUCT = ['x', 'y', 'xSquared', 'ySquared', 'sinX', 'sinY'] as const;
const ALL = ['x', 'y', 'xSquared', 'ySquared', 'xTimesY', 'sinX', 'sinY'] as const;

type Network = Pick<PlaygroundConfig, 'features' | 'networkShape'>;
const networks = (
  networkShape: number[],
  ...inputs: (readonly PlaygroundConfig['features'][number][])[]
): Network[] => inputs.map((features) => ({ features: [...features], networkShape }));

const NETWORKS: readonly Network[] = [
  ...networks([], ALL),
  ...networks([1], ALL),
  ...networks([2], SINES, WITHOUT_PRODUCT, ALL),
  ...networks([1, 1], ALL),
  ...networks([3], PLANE, SINES, SQUARES, WITHOUT_PRODUCT, ALL),
  ...networks([2, 1], ALL),
  ...networks([4], PLANE, SINES, WITHOUT_PRODUCT, ALL),
  ...networks([2, 2], ALL),
  ...networks([5], SINES, ALL),
  ...networks([3, 2], SINES, ALL),
  ...networks([6], PLANE, SINES, ALL),
  ...networks([4, 2], PLANE, SINES),
  ...networks([8], PLANE, SINES),
  ...networks([4, 4], PLANE),
];

const sweep: PlaygroundSweep = existsSync(FILE)
  ? PlaygroundSweepSchema.parse(JSON.parse(await readFile(FILE, 'utf8')))
  : {
      target,
      epochs: EPOCHS,
      grid: GRID,
      screening: [],
      confirmation: [],
      claim: null,
    };
if (
  JSON.stringify([sweep.target, sweep.epochs, sweep.grid]) !==
  JSON.stringify([target, EPOCHS, GRID])
) {
  throw new Error(`${FILE.pathname} was measured with another grid; delete it to begin anew`);
}

/** Replaces the file as a whole, so that an interruption never leaves half of one. */
async function save(): Promise<void> {
  const partial = new URL(`${FILE.href}.partial`);
  await writeFile(partial, `${JSON.stringify(sweep, null, 2)}\n`);
  await rename(partial, FILE);
}

/** The measurement of a configuration: the one that is there, else a new one, which is kept. */
async function measured(
  done: PlaygroundMeasurement[],
  config: PlaygroundConfig,
  seeds: { firstSeed: number; runs: number },
): Promise<PlaygroundMeasurement> {
  const pairs = playgroundPairs(config);
  const known = done.find((one) => one.config === pairs && one.runs === seeds.runs);
  if (known !== undefined) return known;
  const fresh = measurePlayground(config, { ...seeds, epochs: EPOCHS, target });
  done.push(fresh);
  await save();
  process.stderr.write(`${fresh.successes} of ${fresh.runs}: ${fresh.config}\n`);
  return fresh;
}

function settingsOf(network: Network): PlaygroundConfig[] {
  return GRID.activations.flatMap((activation) =>
    GRID.learningRates.flatMap((learningRate) =>
      GRID.batchSizes.map((batchSize) =>
        PlaygroundConfigSchema.parse({
          ...network,
          dataset: 'spiral',
          percTrainData: GRID.shares[0],
          activation,
          learningRate,
          batchSize,
        }),
      ),
    ),
  );
}

/** More successes first; where there are as many, the lower loss. */
function better(a: PlaygroundMeasurement, b: PlaygroundMeasurement): number {
  return b.successes - a.successes || a.lowestTestLoss - b.lowestTestLoss;
}

if (sweep.claim === null) {
  const measurement = measurePlayground(claimed, {
    ...CLAIM_RUNS,
    epochs: claimedEpochs,
    target,
  });
  sweep.claim = { epochs: claimedEpochs, measurement };
  await save();
}
for (const network of NETWORKS) {
  // Without hidden neurons the activation is nowhere.
  const settings = settingsOf(network).filter(
    ({ activation }) => networkSize(network)[0] > 0 || activation === GRID.activations[0],
  );
  const screened: PlaygroundMeasurement[] = [];
  for (const config of settings) screened.push(await measured(sweep.screening, config, SCREENING));
  const best = screened.toSorted(better)[0];
  if (best === undefined) continue;
  const chosen = readPlaygroundConfig(best.config);
  for (const percTrainData of GRID.shares) {
    await measured(sweep.confirmation, { ...chosen, percTrainData }, CONFIRMATION);
  }
}
