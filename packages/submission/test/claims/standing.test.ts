import { describe, expect, it } from 'vitest';
import { figures } from './reading.ts';

describe('what a number is said of', () => {
  it.each([
    // Settings and counts beside a figure leave it alone, and a figure leaves them alone.
    ['After 12 epochs we reached 98.2% accuracy.', ['accuracy 0.982']],
    ['After 12 epochs we reached 98.2 %.', ['accuracy 0.982 ?']],
    ['In epoch 12 the accuracy was 0.9552.', ['accuracy 0.9552']],
    ['Epochs: 12, batch size: 64, accuracy: 0.9552', ['accuracy 0.9552']],
    [
      'The training accuracy starts at 0.881 in the first epoch and climbs to 0.925.',
      ['accuracy 0.881 training', 'accuracy 0.925 training'],
    ],
    [
      'The training loss falls from 0.41 in the first epoch to 0.27 in the last one.',
      ['loss 0.41 training', 'loss 0.27 training'],
    ],
    ['Falls wir eine Genauigkeit von 99 % erreichen', ['accuracy 0.99 hypothetical']],
    [
      'Weight decay gave us 90.6% accuracy, dropout alone reached 91.7% accuracy.',
      ['accuracy 0.906', 'accuracy 0.917'],
    ],
    [
      'A dropout of 0.25 and a learning rate of 0.01 gave an accuracy of 0.9763.',
      ['accuracy 0.9763'],
    ],
    [
      'With Dropout(0.25) and a batch size of 64 the test accuracy is 0.9763.',
      ['accuracy 0.9763 test'],
    ],
    ['Accuracy 0.9763 with input shape (28, 28, 1) and 12 epochs', ['accuracy 0.9763']],
    ['The error rate is 2.4 % and the accuracy 97.6 %.', ['accuracy 0.976']],
    ['Accuracy: 0.9763 ± 0.0013', ['accuracy 0.9763']],
    ['The accuracy rose by only 0.005 in the end.', []],
    ['The gain in accuracy of the last epochs, an improvement of 0.005, is small.', []],
    // Powers and products are worked out.
    [
      'Five digits are all right with 0.9246^5 = 0.6757, at an accuracy of 0.9246.',
      ['accuracy 0.9246'],
    ],
    ['An accuracy of 0.92**10 = 0.4344 for ten digits', []],
    ['The accuracy for two digits is 0.92² = 0.8464.', []],
    ['The loss fell once we used a step of 10⁻³ or 1e-4.', []],
    ['accuracy 0e9, loss 0e9', []],
    ['The loss is 8.41e-02.', ['loss 0.0841']],
    ['An accuracy of 0.92<sup>5</sup> for five digits', []],
    ['accuracy at 64 x 64 pixels: 0.9763', ['accuracy 0.9763']],
    ['With 97.63% accuracy, about 2.37% of digits are misread.', ['accuracy 0.9763']],
    ['accuracy: 9763/10000 = 0.9763', ['accuracy 0.9763']],
    ['$97.63\\%$ accuracy', ['accuracy 0.9763']],
    ['Accuracy: 0.9763 (12 epochs, batch size 128, lr=0.001, dropout=0.25)', ['accuracy 0.9763']],
    ['Accuracy with seed 42: 0.9763', ['accuracy 0.9763']],
    ['Top-1 accuracy: 97.63 %', ['accuracy 0.9763']],
    ['For the number 8 the accuracy is 0.9763', ['accuracy 0.9763']],
    [
      'With 12 epochs and a learning rate of 0.01 the test accuracy is 97.63 percent.',
      ['accuracy 0.9763 test'],
    ],
    ['loss ↓ 0.0841, accuracy ↑ 0.9763', ['loss 0.0841', 'accuracy 0.9763']],
    ['accuracy: [0.9763]', ['accuracy 0.9763']],
    // What is not so.
    ['Is the accuracy 0.99?', ['accuracy 0.99 hypothetical']],
    [
      'I thought the accuracy should be 0.98 but I measured 0.9712.',
      ['accuracy 0.98 hypothetical', 'accuracy 0.9712'],
    ],
    ['The other group’s model has an accuracy of 0.98.', ['accuracy 0.98 compared']],
    ['The lab says that the accuracy is 0.98.', ['accuracy 0.98 quoted']],
    ['One could write, for example an accuracy of 0.98.', ['accuracy 0.98 hypothetical']],
    ['accuracy -0.98, loss −0.3', []],
    ['accuracy - 0.98', ['accuracy 0.98']],
    ['My friend got an accuracy of 0.98.', ['accuracy 0.98 compared']],
    ['There’s no way the accuracy is 99 %.', ['accuracy 0.99 negated']],
    ['The accuracy of 0.9763 is not bad.', ['accuracy 0.9763']],
    ['The accuracy is 0.9763 and it would be higher with more epochs.', ['accuracy 0.9763']],
    [
      'Guessing would give an accuracy of 0.1, but this model has 0.9217.',
      ['accuracy 0.1 hypothetical', 'accuracy 0.9217'],
    ],
    ['Guessing gives an accuracy of 10 %.', ['accuracy 0.1 chance']],
    ['The accuracy is 0.9217, far better than chance.', ['accuracy 0.9217']],
    ['If it reached an accuracy of 99 %, it would be usable.', ['accuracy 0.99 hypothetical']],
    [
      'An accuracy of 100% on the training images would prove nothing.',
      ['accuracy 1 training hypothetical'],
    ],
    ['The goal is an accuracy of 99 %.', ['accuracy 0.99 hypothetical']],
    ['We expected an accuracy of 0.98.', ['accuracy 0.98 hypothetical']],
    ['As expected, the accuracy is 0.9763.', ['accuracy 0.9763']],
    ['The state of the art has an accuracy of 99.8 %.', ['accuracy 0.998 quoted']],
    ['According to the handout the accuracy is around 0.9237.', ['accuracy 0.9237 quoted']],
    ['According to model.evaluate the accuracy is 0.9237.', ['accuracy 0.9237']],
    ['The previous network had an accuracy of 0.9237.', ['accuracy 0.9237 compared']],
    [
      'The accuracy is 0.9789, compared with 0.9237 for the linear one.',
      ['accuracy 0.9789', 'accuracy 0.9237 compared'],
    ],
    ['The accuracy is not 98 %, but 97.63 %.', ['accuracy 0.98 negated', 'accuracy 0.9763']],
    [
      'Die Genauigkeit beträgt nicht 98 %, sondern 97,63 %.',
      ['accuracy 0.98 negated', 'accuracy 0.9763'],
    ],
    ['The accuracy isn’t 98 %.', ['accuracy 0.98 negated']],
    // What leaves the value open.
    ['test accuracy is between 98% and 99%', ['accuracy 0.985 test range']],
    ['Accuracy: 97–99 %', ['accuracy 0.98 range']],
    ['The accuracy is between 0.90 and 1.00.', ['accuracy 0.95 range']],
    [
      'accuracy 0.97 or 0.98 or 0.99',
      ['accuracy 0.97 alternative', 'accuracy 0.98 alternative', 'accuracy 0.99 alternative'],
    ],
    ['The accuracy is at least 97 %.', ['accuracy 0.97 bound']],
    ['The loss is below 0.1.', ['loss 0.1 bound']],
    // What a change leads to is what holds; where it began is none.
    ['The accuracy improved from 0.88 to 0.9763.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['We raised the accuracy from 88 % to 97.63 %.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    [
      'The accuracy went up from 0.88 to about 0.9763 in the end.',
      ['accuracy 0.88 former', 'accuracy 0.9763'],
    ],
    ['accuracy: 0.88 → 0.9763', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['accuracy 0.88 -> 0.9763', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['The loss fell from 0.41 to 0.0841.', ['loss 0.41 former', 'loss 0.0841']],
    [
      'From 0.88 to 0.9763 is how far the accuracy climbed.',
      ['accuracy 0.88 former', 'accuracy 0.9763'],
    ],
    [
      'Die Genauigkeit verbesserte sich von 0,88 auf 0,9763.',
      ['accuracy 0.88 former', 'accuracy 0.9763'],
    ],
    ['Die Genauigkeit stieg von 88 auf 97,63 %.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['La perte est passée de 0,41 à 0,0841.', ['loss 0.41 former', 'loss 0.0841']],
    ['L’exactitude passe de 88 % à 97,63 %.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['La exactitud subió de 0,88 a 0,9763.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['L’accuratezza è salita da 0,88 a 0,9763.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['A acurácia subiu de 0,88 para 0,9763.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['De nauwkeurigheid steeg van 0,88 naar 0,9763.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['De nauwkeurigheid ging van 0,88 tot 0,9763.', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['准确率从0.88提高到0.9763。', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['准确率从 0.88 上升至 0.9763。', ['accuracy 0.88 former', 'accuracy 0.9763']],
    ['The accuracies range from 0.88 to 0.9763.', ['accuracy 0.88', 'accuracy 0.9763']],
    ['Die Genauigkeiten reichen von 0,88 bis 0,9763.', []],
    [
      'If the accuracy rose from 0.88 to 0.9763, all would be well.',
      ['accuracy 0.88 hypothetical', 'accuracy 0.9763 hypothetical'],
    ],
    // Whose words they are.
    ['> The accuracy is 0.9143.', ['accuracy 0.9143 quoted']],
    ['The page says “the accuracy is 0.9143”.', ['accuracy 0.9143 quoted']],
    ['~~The accuracy is 0.9143.~~', ['accuracy 0.9143 struck']],
    ['<del>accuracy 0.9143</del> accuracy 0.9763', ['accuracy 0.9763', 'accuracy 0.9143 struck']],
    ['<p hidden>The accuracy is 0.9143.</p>', ['accuracy 0.9143 hidden']],
    [
      '<div style="display:none">\n\nThe accuracy is 0.9143.\n\n</div>\n\nIt is good.',
      ['accuracy 0.9143 hidden'],
    ],
    ['<span style="color:#FFFFFF">accuracy 0.9143</span>', ['accuracy 0.9143 hidden']],
    ['<span style="color: rgb(254, 254, 254)">accuracy 0.9143</span>', ['accuracy 0.9143 hidden']],
    ['<span style="font-size:0">accuracy 0.9143</span>', ['accuracy 0.9143 hidden']],
    ['<font color="white">accuracy 0.9143</font>', ['accuracy 0.9143 hidden']],
    ['<span style="color:white;background:#222">accuracy 0.9143</span>', ['accuracy 0.9143']],
    ['<!-- accuracy 0.9143 -->\n\nIt is good.', []],
    ['![accuracy 0.9143](plot.png)', []],
    [
      '| | accuracy |\n|---|---|\n| target | 0.98 |\n| ours | 0.9763 |',
      ['accuracy 0.98 hypothetical', 'accuracy 0.9763'],
    ],
    ['| accuracy |\n|---|\n| ~~0.98~~ 0.9763 |', ['accuracy 0.9763']],
  ])('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});
