import { describe, expect, it } from 'vitest';
import { statedSettings } from '../../src/playground/stated-settings.ts';

const SINES = ['x', 'y', 'sinX', 'sinY'];
const CLAIM = {
  features: SINES,
  networkShape: [3],
  activation: 'sigmoid',
  learningRate: 0.01,
  batchSize: 1,
  percTrainData: 90,
  noise: 0,
};

describe('a playground network in words', () => {
  it.each([
    [
      'one sentence',
      'We used the features x1, x2, sin(x1) and sin(x2); one hidden layer with 3 neurons; sigmoid; learning rate 0.01; batch size 1; 90 % training data; noise 0. The test loss was below 0.1 before epoch 230.',
    ],
    [
      'a list of settings whose line ends were lost',
      'Learning rate: 0.01Activation: SigmoidRegularization rate: 0 (default)Problem type: Classification\n\n. Ratio of training to test data: 90:10\n\n. Noise: 0 (default)\n\n. Batch size: 1\n\nBefore the 230th epoch, we have already achieved Test loss of below 0.1.\n\n. Input features: X1, X2, Sin(X1) and Sin(X2)\n\n. Hidden layers: 1\n\n. n neurons: 3 neurons',
    ],
    [
      'German',
      'Merkmale: x₁, x₂, sin(x₁), sin(x₂). Eine verborgene Schicht mit drei Neuronen, Sigmoid, Lernrate 0,01, Batchgröße 1, 90 % Trainingsdaten, ohne Rauschen. Vor Epoche 230 lag der Testfehler unter 0,1.',
    ],
    [
      'Markdown bullets and TeX',
      '- **Features:**\n  - $x_1$\n  - $x_2$\n  - $\\sin(x_1)$\n  - $\\sin(x_2)$\n- **Hidden layers:** 1 (3 neurons)\n- **Activation:** Sigmoid\n- **Learning rate:** .01\n- **Batch size:** 1\n- **Training share:** 90 %\n- **Noise:** 0\n\nIt falls below 0.1 before epoch 230.',
    ],
  ])('is read from %s', (_, text) => {
    const { settings, epochs, ambiguous } = statedSettings(text);
    expect(ambiguous).toEqual([]);
    expect(settings).toMatchObject(CLAIM);
    expect(epochs).toBe(229);
  });

  it.each([
    ['two hidden layers with 4 and 2 neurons', [4, 2]],
    ['2 hidden layers with 4 neurons each', [4, 4]],
    ['two hidden layers: 6 neurons in the first and 4 neurons in the second', [6, 4]],
    ['a single hidden layer of 5 units', [5]],
    ['a hidden layer with eight neurons', [8]],
    ['zwei versteckte Schichten mit je 3 Neuronen', [3, 3]],
    ['no hidden layer at all', []],
    ['networkShape=4,2', [4, 2]],
    ['3 neurons', undefined],
    ['two hidden layers with 4 neurons', undefined],
    ['with one hidden layer, 4 neurons failed and 3 neurons failed too', undefined],
  ])('"%s" has the layers %j', (text, layers) => {
    expect(statedSettings(text).settings.networkShape).toEqual(layers);
  });

  it.each([
    ['inputs x1^2 and x2²', ['xSquared', 'ySquared']],
    ['features: x1*x2 and sin x1', ['xTimesY', 'sinX']],
    ['Features: X1X2', ['xTimesY']],
    ['all seven features', ['x', 'y', 'xSquared', 'ySquared', 'xTimesY', 'sinX', 'sinY']],
    ['Eingaben x1 und x2', ['x', 'y']],
    ['features x1, x2. Then the features x1, x2, sin(x1).', undefined],
    ['nothing of the kind', undefined],
  ])('"%s" names the features %j', (text, features) => {
    expect(statedSettings(text).settings.features).toEqual(features);
  });

  it.each([
    ['after 400 epochs', 400],
    ['in epoch 1,200', 1200],
    ['nach 1.000 Epochen', 1000],
    ['by the 77th epoch', 77],
    ['test loss 0.09', null],
  ])('"%s" allows %s epochs', (text, epochs) => {
    expect(statedSettings(text).epochs).toBe(epochs);
  });

  it.each([
    ['50 % of the points for training', 50],
    ['training share 60 %', 60],
    ['70:30 split of training and test data', 70],
    ['80 % der Daten zum Training', 80],
    ['Ratio of training to test: 9:1', 90],
  ])('"%s" trains on %i %', (text, share) => {
    expect(statedSettings(text).settings.percTrainData).toBe(share);
  });

  it('gives a number to the nearest setting alone', () => {
    const text = 'learning rate 0.1, no noise, within 20 epochs, batch size 5, 70 % training data';
    expect(statedSettings(text)).toEqual({
      settings: { learningRate: 0.1, noise: 0, batchSize: 5, percTrainData: 70 },
      epochs: 20,
      ambiguous: [],
    });
  });

  it('says where a text says two things', () => {
    const { ambiguous } = statedSettings(
      'With tanh and learning rate 0.03 it failed; with sigmoid and learning rate 0.01 it worked.',
    );
    expect(ambiguous).toEqual(['learningRate', 'activation']);
  });

  it('takes no time over long or hostile text', () => {
    const parts = ['hidden layers ', '3, ', 'features ', 'x1 ', 'batch size ', '90 % '];
    const long = parts.map((part) => part.repeat(200_000)).join('neurons');
    expect(statedSettings(`Features: x1.\n${long}`).settings.features).toEqual(['x']);
  });
});
