import { describe, expect, it } from 'vitest';
import {
  leastNetworks,
  measurePlayground,
  networkSize,
  type PlaygroundSweep,
  readPlaygroundConfig,
  sweptNetworks,
} from '../../src/playground/index.ts';

const measured = (config: string, successes: number): PlaygroundSweep['confirmation'][number] => ({
  config,
  firstSeed: 1,
  runs: 50,
  successes,
  medianEpoch: null,
  lowestTestLoss: 0.2,
});

const sweep = (...confirmation: PlaygroundSweep['confirmation']): PlaygroundSweep => ({
  target: 0.1,
  epochs: 10,
  grid: { activations: ['tanh'], learningRates: [0.1], batchSizes: [1], shares: [90] },
  screening: [],
  confirmation,
  claim: null,
});

describe('the least network of a sweep', () => {
  it('counts hidden neurons, then layers, then inputs', () => {
    const networks = sweptNetworks(
      sweep(
        measured('networkShape=2,2,features=x,y', 9),
        measured('networkShape=4,features=x,y,sinX', 9),
        measured('networkShape=4,features=x,y', 1),
        measured('networkShape=4,features=x,y,activation=relu', 5),
        measured('networkShape=3,features=x,y,sinX,sinY,xSquared', 0),
      ),
    );
    expect(networks.map(({ config }) => networkSize(config))).toEqual([
      [3, 1, 5],
      [4, 1, 2],
      [4, 1, 2],
      [4, 1, 3],
      [4, 2, 2],
    ]);
    expect(networks[1]?.measurement.successes).toBe(5);
  });

  it('tells what happens once from what happens more often than not', () => {
    const { possible, reliable } = leastNetworks(
      sweep(
        measured('networkShape=1', 0),
        measured('networkShape=2', 1),
        // 30 of 50 may still be below one half: Wilson's interval begins at 0.46.
        measured('networkShape=3', 30),
        measured('networkShape=4', 40),
      ),
    );
    expect(possible?.config.networkShape).toEqual([2]);
    expect(reliable?.config.networkShape).toEqual([4]);
    expect(leastNetworks(sweep(measured('networkShape=8', 0)))).toEqual({
      possible: null,
      reliable: null,
    });
  });

  it('measures what single runs give', () => {
    const config = readPlaygroundConfig('dataset=gauss');
    const options = { firstSeed: 5, runs: 6, epochs: 8, target: 0.01 };
    const measurement = measurePlayground(config, options);
    expect(measurement).toMatchObject({ firstSeed: 5, runs: 6 });
    const others = { activation: 'relu', batchSize: 3 } as const;
    expect(readPlaygroundConfig(measurement.config, others)).toEqual(config);
    expect(readPlaygroundConfig(measurement.config)).toEqual(config);
    expect(measurement.successes).toBeGreaterThan(0);
    expect(measurement.medianEpoch).toBeLessThanOrEqual(8);
    expect(measurement.lowestTestLoss).toBeLessThan(0.01);
    expect(measurePlayground(config, { ...options, epochs: 0 }).successes).toBe(0);
  });
});
