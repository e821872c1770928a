import { boundaryOf, type PlaygroundConfig, PlaygroundSimulation } from '@labproof/core/playground';
import { drawDecisionBoundary } from '@labproof/report/browser';

/** A network to train, and how far. */
export interface PlaygroundJob {
  readonly config: PlaygroundConfig;
  readonly seed: number;
  readonly epochs: number;
  /** The test loss to get below; training ends there. */
  readonly target: number;
}

/** How a network is doing. */
export interface PlaygroundView {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly reached: boolean;
  readonly done: boolean;
  /** What it says over the plane, as an SVG. */
  readonly picture: string;
  readonly description: string;
}

/** Cells along a side of the picture. */
const SIZE = 60;
/** So long it trains between two pictures. */
const MILLISECONDS = 60;

let stop = (): void => undefined;

self.addEventListener('message', ({ data }: MessageEvent<PlaygroundJob | 'stop'>) => {
  stop();
  if (data !== 'stop') stop = train(data);
});

/** Trains a while, shows a picture, and goes on; gives what ends it. */
function train({ config, seed, epochs, target }: PlaygroundJob): () => void {
  const simulation = PlaygroundSimulation.fromSeed(config, seed);
  let isStopped = false;
  const more = (): void => {
    if (isStopped) return;
    const until = performance.now() + MILLISECONDS;
    let testLoss = simulation.testLoss();
    while (simulation.epoch < epochs && testLoss >= target && performance.now() < until) {
      simulation.step();
      testLoss = simulation.testLoss();
    }
    const reached = testLoss < target;
    const done = reached || simulation.epoch >= epochs || Number.isNaN(testLoss);
    self.postMessage(viewOf(simulation, seed, { testLoss, reached, done }));
    if (!done) setTimeout(more);
  };
  setTimeout(more);
  return () => {
    isStopped = true;
  };
}

function viewOf(
  simulation: PlaygroundSimulation,
  seed: number,
  state: Pick<PlaygroundView, 'testLoss' | 'reached' | 'done'>,
): PlaygroundView {
  const { grid, points } = boundaryOf(simulation, { seed, size: SIZE });
  const { svg, description } = drawDecisionBoundary({
    id: 'playground-picture',
    title: `After ${simulation.epoch} epochs`,
    grid,
    points,
  });
  return {
    epoch: simulation.epoch,
    trainLoss: simulation.trainLoss(),
    ...state,
    picture: svg,
    description,
  };
}

self.postMessage('ready');
