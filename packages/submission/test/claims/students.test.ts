import { describe, expect, it } from 'vitest';
import { figures } from './reading.ts';

/** Sentences as students write them. What cannot be told is left unread, or unsaid, for a person; nothing is read as what it is not. */
const SENTENCES: readonly (readonly [string, readonly string[]])[] = [
  ['The testing accurracy came out as .9731', ['accuracy 0.9731 test ?']],
  ['val_acc: .9731', ['accuracy 0.9731 validation']],
  ['0.97 (97%) accuracy on the test set', ['accuracy 0.97', 'accuracy 0.97 test']],
  ['Roughly 97 % accuracy, loss about 0.09', ['accuracy 0.97', 'loss 0.09']],
  [
    'The accuracy is 97.3% and not 98.3% as I first wrote.',
    ['accuracy 0.973', 'accuracy 0.983 negated'],
  ],
  [
    'Model 1 has a test accuracy of 0.9237, model 2 of 0.9786.',
    ['accuracy 0.9237 test', 'accuracy 0.9786 test'],
  ],
  [
    'Compared to the linear model (0.9237), accuracy is now 0.9786.',
    ['accuracy 0.9237 compared', 'accuracy 0.9786'],
  ],
  [
    'Test accuracy went from 0.9237 up to 0.9786.',
    ['accuracy 0.9237 test former', 'accuracy 0.9786 test'],
  ],
  [
    'The handout says 97 %, I measured an accuracy of 95.2 %.',
    ['accuracy 0.97 quoted', 'accuracy 0.952'],
  ],
  ['As the handout promises, accuracy is 97 %.', ['accuracy 0.97 quoted']],
  ['accuracy: 0.973 - 0.975', ['accuracy 0.974 range']],
  ['The accuracy lies at 97 to 98 percent.', ['accuracy 0.975 range']],
  [
    'The accuracy would be 0.99 if I had trained longer, but it is 0.9731.',
    ['accuracy 0.99 hypothetical', 'accuracy 0.9731'],
  ],
  [
    'With dropout: 0.9805, without: 0.9731 (test accuracy)',
    ['accuracy 0.9805', 'accuracy 0.9731 test'],
  ],
  [
    'I trained it twice: accuracy 0.9731 the first time, 0.9744 the second.',
    ['accuracy 0.9731', 'accuracy 0.9744'],
  ],
  ['Test accuracy = 9731 / 10000 = 97.31 %', ['accuracy 0.9731 test']],
  ['9731 of the 10000 test images are classified correctly.', []],
  ['269 of 10,000 digits are wrong, which is an accuracy of 97.31 %.', ['accuracy 0.9731']],
  ['The model misclassifies 2.69 % so the accuracy is 97.31 %.', ['accuracy 0.9731']],
  [
    'Test: loss=0.0841, acc=0.9763. Train: loss=0.0312, acc=0.9901.',
    [
      'loss 0.0841 test',
      'accuracy 0.9763 test',
      'loss 0.0312 training',
      'accuracy 0.9901 training',
    ],
  ],
  [
    'train acc 0.9901, val acc 0.9752, test acc 0.9763',
    ['accuracy 0.9901 training', 'accuracy 0.9752 validation', 'accuracy 0.9763 test'],
  ],
  [
    'The training accuracy is 1.4 percentage points above the test accuracy of 0.9763.',
    ['accuracy 0.9763 test'],
  ],
  ['The test accuracy is 1.2 % below the training accuracy.', []],
  ['The test accuracy lies 1.2% under the training one.', []],
  ['It has an accuracy of 0.9763, which is 5 % more than before.', ['accuracy 0.9763']],
  ['the accuarcy on the tset set is 97.63%', ['accuracy 0.9763 ?']],
  ['An accuracy of 0.976 ± 0.002 over 5 runs', ['accuracy 0.976']],
  [
    'The best validation accuracy was 0.9771 in epoch 9; the test accuracy 0.9763.',
    ['accuracy 0.9771 validation', 'accuracy 0.9763 test'],
  ],
  [
    'In the last epoch (12/12) loss 0.0312, accuracy 0.9901, val_loss 0.0841, val_accuracy 0.9763',
    [
      'loss 0.0312 training',
      'accuracy 0.9901 training',
      'loss 0.0841 validation',
      'accuracy 0.9763 validation',
    ],
  ],
  ['The accuracy is ninety-seven percent.', []],
  ['The test accuracy is 97 out of 100.', ['accuracy 0.97 test']],
  ['Accuracy is 97 / 100.', []],
  ['The model misclassifies 2.69 % of the images.', []],
  ['Typical results for this network are around 0.9763 accuracy.', ['accuracy 0.9763 quoted']],
  ['The authors report an accuracy of 99.77 %.', ['accuracy 0.9977 quoted']],
  ['The answer key says accuracy 0.9763.', ['accuracy 0.9763 quoted']],
  ['I wish the accuracy was 0.9763.', ['accuracy 0.9763 hypothetical']],
  ['The accuracy is far from 0.9763.', ['accuracy 0.9763 negated']],
  ['Humans reach 99.8 % accuracy on digits.', ['accuracy 0.998 compared']],
  ['The accuracy is 0.9763 instead of 0.9237.', ['accuracy 0.9763', 'accuracy 0.9237 compared']],
  ['The gap in accuracy is 0.0138.', []],
  ['The difference between the accuracies is 0.0138.', []],
  ['Accuracy dropped by 0.5 % to 97.1 %.', ['accuracy 0.971']],
  ['If we train longer, the accuracy is 0.99.', ['accuracy 0.99 hypothetical']],
  ['We train for 12 epochs and get an accuracy of 0.9763.', ['accuracy 0.9763']],
  ['The test loss is 0.0841, 0.03 above the training loss.', ['loss 0.0841 test']],
  ['I used 0.2 as validation split and got 0.9763 accuracy', ['accuracy 0.9763']],
  ['accuracy = 1 - 0.0237 = 0.9763', ['accuracy 0.9763']],
  ['Accuracy: 100 % - 2.37 % = 97.63 %', ['accuracy 0.9763']],
  ['With 0.25 dropout the accuracy is 0.9763.', ['accuracy 0.9763']],
  [
    'The accuracy of 0.9763 (handout: 0.9789) is good.',
    ['accuracy 0.9763 quoted', 'accuracy 0.9789 quoted'],
  ],
  [
    'Accuracy was supposed to be 0.9789 but got only 0.9763.',
    ['accuracy 0.9789 hypothetical', 'accuracy 0.9763'],
  ],
  ['The accuracy on the test data is 97.63 % above all because of ReLU.', ['accuracy 0.9763 test']],
  [
    'Im Handout steht 97 %, bei mir kam eine Genauigkeit von 95,2 % heraus.',
    ['accuracy 0.97 quoted', 'accuracy 0.952'],
  ],
  ['Die Testgenauigkeit liegt 1,4 % unter der Trainingsgenauigkeit.', []],
  ['Die Genaugikeit beträgt 0,9763', ['accuracy 0.9763 ?']],
  ['Mit Dropout war die Genauigkeit 0,9805, ohne 0,9731.', ['accuracy 0.9805', 'accuracy 0.9731']],
  [
    'Die Trainingsgenauigkeit liegt mit 99,01 % über der Testgenauigkeit von 97,63 %.',
    ['accuracy 0.9901 training', 'accuracy 0.9763 test'],
  ],
  [
    "L'énoncé annonce 97 %, nous obtenons une exactitude de 95,2 %.",
    ['accuracy 0.97 quoted', 'accuracy 0.952'],
  ],
  [
    "La exactitude de l'entraînement est 99,01 % et celle du test 97,63 %.",
    ['accuracy 0.9901 training', 'accuracy 0.9763 test'],
  ],
  ['Le taux de bonnes réponses est de 97,63 %.', []],
  ['La différence entre les deux exactitudes est de 1,4 %.', []],
  ['De accuratesse is 97,63 procent.', ['accuracy 0.9763']],
  ['De testnauwkeurigheid is 1,4 % lager dan de trainingsnauwkeurigheid.', []],
  [
    'Según el enunciado debería ser 97 %, pero la exactitud es 95,2 %.',
    ['accuracy 0.97 quoted', 'accuracy 0.952'],
  ],
  ['Nuestro modelo acertó el 97,63 % de las imágenes de prueba.', ['accuracy 0.9763 test']],
  [
    '测试集准确率：97.63%，训练集准确率：99.01%',
    ['accuracy 0.9763 test', 'accuracy 0.9901 training'],
  ],
  ['测试准确率比训练准确率低1.4%。', []],
  ['讲义上说准确率是97%，我的是95.2%。', ['accuracy 0.97 quoted', 'accuracy 0.952']],
  ['准确率从92.4%提高到了97.6%。', ['accuracy 0.924 former', 'accuracy 0.976']],
  ['如果训练更久，准确率可能达到99%。', ['accuracy 0.99 hypothetical']],
  [
    '| | train | test |\n|---|---|---|\n| accuracy | 0.99 | 0.97 |\n| loss | 0.03 | 0.08 |',
    ['accuracy 0.99 training', 'accuracy 0.97 test', 'loss 0.03 training', 'loss 0.08 test'],
  ],
  [
    '| metric | expected | mine |\n|---|---|---|\n| accuracy | 0.98 | 0.9763 |',
    ['accuracy 0.98 hypothetical', 'accuracy 0.9763'],
  ],
  [
    '| Metrik | Wert |\n|---|---|\n| Testgenauigkeit | 97,63 % |\n| Testverlust | 0,0841 |',
    ['accuracy 0.9763 test', 'loss 0.0841 test'],
  ],
  [
    '| Layers | Units | Accuracy |\n|---|---|---|\n| 1 | 64 | 0.95 |\n| 2 | 128 | 0.9763 |',
    ['accuracy 0.95', 'accuracy 0.9763'],
  ],
  ['- test accuracy: 97.63 %\n- test loss: 0.0841', ['accuracy 0.9763 test', 'loss 0.0841 test']],
];

describe('figures as students write them', () => {
  it.each(SENTENCES)('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});
