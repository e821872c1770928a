import {
  describePlayground,
  leastNetworks,
  type PlaygroundMeasurement,
  type PlaygroundSweep,
  readPlaygroundConfig,
  type SweptNetwork,
  sweptNetworks,
} from '@labproof/core/playground';
import { proportionInterval } from '@labproof/core/statistics';
import type { PlaygroundExercise } from '@labproof/lab';

/** From this rate on, surely reached, a network is said to work; below the other, surely missed, it is said not to. */
const RELIABLE = 0.5;
const RARE = 0.05;

/** What a sweep found about a published playground network, and about networks that are less, in Markdown. */
export function playgroundVerdict(lab: string, exercise: PlaygroundExercise): string {
  const { id, sweep, target } = exercise;
  const run = `\`labproof run ${lab}/${id} --trials 100\` runs it; \`--config\` changes it.`;
  const about = `\`${id}\` asks for the least network whose test loss falls below ${target}. It is set up as ${describePlayground(exercise.config)}. ${run}`;
  if (sweep === null) return `${about}\n\nIt has not been measured yet.`;
  return [about, ...claimVerdict(exercise, sweep), ...leastVerdict(sweep), table(sweep)].join(
    '\n\n',
  );
}

function claimVerdict({ published }: PlaygroundExercise, { claim }: PlaygroundSweep): string[] {
  if (claim === null || published === null) return [];
  const { epochs, measurement } = claim;
  const { runs, successes, medianEpoch } = measurement;
  const [low, high] = proportionInterval(successes, runs);
  const verdict =
    low >= RELIABLE ? 'confirmed' : high < RARE ? 'refuted' : 'possible, but not to be relied on';
  const when = medianEpoch === null ? '' : `, half of those by epoch ${Math.ceil(medianEpoch)}`;
  return [
    `**The claim** that this network gets there before epoch ${epochs + 1} (${published}) is ${verdict}: ${successes} of ${runs} seeded runs did${when}. That is ${percent(successes / runs)} of runs, with 95 % confidence between ${percent(low)} and ${percent(high)} (Wilson). A claim counts as confirmed when the lower end is at least ${percent(RELIABLE)}, and as refuted when the upper end is below ${percent(RARE)}.`,
  ];
}

function leastVerdict(sweep: PlaygroundSweep): string[] {
  const { possible, reliable } = leastNetworks(sweep);
  const { grid, epochs, screening, confirmation } = sweep;
  const each = screening[0]?.runs ?? 0;
  const fresh = confirmation[0]?.runs ?? 0;
  const searched = `**The search** tries ${new Set(screening.map(({ config }) => networkOf(config))).size} networks with every combination of ${grid.activations.join(', ')}, learning rates ${grid.learningRates.join(', ')} and batch sizes ${grid.batchSizes.join(', ')}, ${each} seeds each, for at most ${epochs} epochs with ${grid.shares[0]} % training data and no noise. The best setting of each network then runs from ${fresh} fresh seeds with ${grid.shares.map((share) => `${share} %`).join(' and ')} training data. Less is: fewer hidden neurons, then fewer hidden layers, then fewer inputs.`;
  return [
    searched,
    [
      found('The least network that got there at all', possible),
      found(
        'The least that does so more often than not (the lower end is above one half)',
        reliable,
      ),
    ].join('\n'),
  ];
}

function found(what: string, network: SweptNetwork | null): string {
  if (network === null) return `- ${what}: none of those tried.`;
  const { measurement, config } = network;
  return `- ${what}: ${describePlayground(config)}; ${measurement.successes} of ${measurement.runs} runs (${interval(measurement)}).`;
}

/** For every network its better training share. */
function table(sweep: PlaygroundSweep): string {
  const best = new Map<string, SweptNetwork>();
  for (const network of sweptNetworks(sweep)) {
    const key = networkOf(network.measurement.config);
    const known = best.get(key);
    if (known === undefined || network.measurement.successes > known.measurement.successes) {
      best.set(key, network);
    }
  }
  return [
    '| hidden neurons | inputs | best setting found | below the target | 95 % interval | median epoch | lowest test loss (runs end at the target) |',
    '|---|---|---|---:|---:|---:|---:|',
    ...[...best.values()].map(({ config, measurement }) => {
      const { activation, learningRate, batchSize, percTrainData } = config;
      const hidden = config.networkShape.length === 0 ? 'none' : config.networkShape.join(' + ');
      const setting = `${config.networkShape.length === 0 ? '' : `${activation}, `}learning rate ${learningRate}, batch ${batchSize}, ${percTrainData} % training`;
      return `| ${hidden} | ${config.features.join(', ')} | ${setting} | ${measurement.successes} of ${measurement.runs} | ${interval(measurement)} | ${measurement.medianEpoch === null ? '–' : Math.ceil(measurement.medianEpoch)} | ${measurement.lowestTestLoss.toFixed(3)} |`;
    }),
  ].join('\n');
}

function interval({ successes, runs }: PlaygroundMeasurement): string {
  const [low, high] = proportionInterval(successes, runs);
  return `${percent(low)} – ${percent(high)}`;
}

function networkOf(pairs: string): string {
  const { networkShape, features } = readPlaygroundConfig(pairs);
  return JSON.stringify([networkShape, features]);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
