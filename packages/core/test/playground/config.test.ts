import { LabproofError } from '../../src/errors/labproof-error.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PLAYGROUND_FEATURES,
  PlaygroundConfigSchema,
  playgroundHash,
  playgroundParameters,
  readPlaygroundConfig,
} from '../../src/playground/index.ts';

const complaint = (text: string): string => {
  try {
    readPlaygroundConfig(text);
  } catch (error) {
    if (error instanceof LabproofError && error.code === 'playground-config-invalid') {
      return error.message;
    }
    throw error;
  }
  return '';
};

describe('a configuration', () => {
  it('is read from the address of a page', () => {
    const config = readPlaygroundConfig(
      'https://playground.tensorflow.org/#activation=sigmoid&regularization=L2&batchSize=1&dataset=spiral&regDataset=reg-plane&learningRate=0.01&regularizationRate=0&noise=0&networkShape=3&seed=0.63502&showTestData=false&discretize=false&percTrainData=90&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=true&cosY=false&sinY=true&collectStats=false&problem=classification&initZero=false&hideText=false',
    );
    expect(config).toEqual({
      dataset: 'spiral',
      noise: 0,
      percTrainData: 90,
      features: ['x', 'y', 'sinX', 'sinY'],
      networkShape: [3],
      activation: 'sigmoid',
      regularization: 'L2',
      regularizationRate: 0,
      learningRate: 0.01,
      batchSize: 1,
      initZero: false,
    });
    expect(playgroundParameters(config)).toBe(19);
  });

  it('takes the data set of the problem that the page shows', () => {
    const both = '#dataset=xor&regDataset=reg-gauss';
    expect(readPlaygroundConfig(`${both}&problem=regression`).dataset).toBe('reg-gauss');
    expect(readPlaygroundConfig(both).dataset).toBe('xor');
    expect(readPlaygroundConfig('#problem=regression').dataset).toBe('reg-plane');
  });

  it('is read from pairs and from JSON, on top of the defaults given', () => {
    const defaults = { dataset: 'spiral', percTrainData: 90 } as const;
    const pairs = readPlaygroundConfig('networkShape=4,2,features=sinY,x, batchSize=1', defaults);
    expect(pairs).toMatchObject({
      dataset: 'spiral',
      percTrainData: 90,
      networkShape: [4, 2],
      features: ['x', 'sinY'],
      batchSize: 1,
    });
    expect(readPlaygroundConfig('{"networkShape": []}', defaults)).toMatchObject({
      dataset: 'spiral',
      networkShape: [],
    });
    expect(readPlaygroundConfig('y=false,xTimesY=true').features).toEqual(['x', 'xTimesY']);
    expect(readPlaygroundConfig('#networkShape=&x=true').networkShape).toEqual([]);
  });

  it.each([
    ['learnigRate=0.1', 'did you mean "learningRate"'],
    ['batchSize=', 'batchSize has no value'],
    ['batchSize=1.5', 'batchSize'],
    ['networkShape=9', 'networkShape'],
    ['networkShape=1,1,1,1,1,1,1', 'networkShape'],
    ['features=x,cosX', 'features'],
    ['features=x,x', ''],
    ['x=false,y=false', 'features'],
    ['learningRate=NaN', 'learningRate'],
    ['problem=clustering', 'clustering'],
    ['{"__proto__": {"batchSize": 2}}', '__proto__'],
    ['{"batchSize": 2', 'no JSON'],
    ['https://playground.tensorflow.org/', 'no "#"'],
  ])('that says %s is refused with the reason', (text, reason) => {
    if (reason === '') expect(readPlaygroundConfig(text).features).toEqual(['x']);
    else expect(complaint(text)).toContain(reason);
  });

  it('survives the way through an address', () => {
    const config = fc.record({
      dataset: fc.constantFrom('circle', 'xor', 'spiral', 'reg-plane', 'reg-gauss' as const),
      features: fc.subarray([...PLAYGROUND_FEATURES], { minLength: 1 }),
      networkShape: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 6 }),
      regularization: fc.constantFrom('none', 'L1', 'L2' as const),
      learningRate: fc.constantFrom(0.00001, 0.03, 10),
      initZero: fc.boolean(),
    });
    fc.assert(
      fc.property(config, (settings) => {
        const complete = PlaygroundConfigSchema.parse(settings);
        expect(readPlaygroundConfig(`#${playgroundHash(complete)}`)).toEqual(complete);
      }),
    );
  });
});
