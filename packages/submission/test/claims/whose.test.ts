import { describe, expect, it } from 'vitest';
import { figures } from './reading.ts';

describe('one class, other people, calculations and verdicts', () => {
  it.each([
    // How well one class is recognised is not the model's accuracy.
    ['For class 8 the accuracy is 0.95.', ['accuracy 0.95 one-class']],
    ['For class 8, the accuracy is 0.95.', ['accuracy 0.95 one-class']],
    ['Accuracy by digit: digit 5: 93 %', ['accuracy 0.93 one-class']],
    ['The recall of class 3 is 0.95.', []],
    ['The accuracy for trousers is 0.95.', ['accuracy 0.95 one-class']],
    ['Die Genauigkeit bei Ziffer 8 ist 0,95.', ['accuracy 0.95 one-class']],
    ['Pour la classe 8, l’exactitude est de 95 %.', ['accuracy 0.95 one-class']],
    ['La exactitud de la clase 8 es 0,95.', ['accuracy 0.95 one-class']],
    ['De nauwkeurigheid voor cijfer 8 is 0,95.', ['accuracy 0.95 one-class']],
    ['数字8的准确率是0.95。', ['accuracy 0.95 one-class']],
    [
      'The accuracy is 0.95 for class 8 and 0.9763 overall.',
      ['accuracy 0.95 one-class', 'accuracy 0.9763'],
    ],
    [
      '| class | accuracy |\n|---|---|\n| 8 | 0.95 |\n| all | 0.9763 |',
      ['accuracy 0.95 one-class', 'accuracy 0.9763'],
    ],
    ['Class 8 is the hardest one and the accuracy is 0.9763.', ['accuracy 0.9763']],
    ['Digit 8 is misread most often, the accuracy is 0.9763.', ['accuracy 0.9763']],
    ['There are 10 classes and the accuracy is 0.9763.', ['accuracy 0.9763']],
    ['The accuracy for the digits 0 to 9 is 0.9763.', ['accuracy 0.9763']],
    ['Die Genauigkeit ist 0,9763 für alle Klassen 0 bis 9.', ['accuracy 0.9763']],
    // Somebody else's.
    ['Human error is 0.2 %, so accuracy 99.8 %.', ['accuracy 0.998 compared']],
    ['Menschen machen 0,2 % Fehler, also Genauigkeit 99,8 %.', ['accuracy 0.998 compared']],
    ['accuracy 99.8 % (human)', ['accuracy 0.998 compared']],
    ['0.95 is the accuracy of my colleague.', ['accuracy 0.95 compared']],
    ['Stand der Technik ist eine Genauigkeit von 99,8 %.', ['accuracy 0.998 quoted']],
    ['The example from Keras has an accuracy of 0.99.', ['accuracy 0.99 quoted']],
    ['Humans misread 0.2 %, but our accuracy is 97.63 %.', ['accuracy 0.9763']],
    ['Humans misread 0.2 %, so our accuracy of 97.63 % is lower.', ['accuracy 0.9763']],
    ['The images show digits that people wrote, accuracy 0.9763.', ['accuracy 0.9763']],
    ['We record an accuracy of 0.9763 in our benchmark.', ['accuracy 0.9763']],
    ['We wrote the code together with a friend, the accuracy is 0.9763.', ['accuracy 0.9763']],
    // Calculations.
    ['$0.97^5 = 0.88$, so the accuracy for a whole code is 0.88', []],
    ['$0.97^{5} = 0.8587 \\approx 0.86$, accuracy 0.97', ['accuracy 0.97']],
    ['The accuracy is $0.97 \\cdot 0.97 \\cdot 0.97 = 0.91$.', []],
    ['The accuracy for a whole code is 0.88.', []],
    ['Die Genauigkeit für fünf Ziffern ist 0,88.', []],
    ['accuracy = 9763 / 10000 * 100 = 97.63 %', ['accuracy 0.9763']],
    ['With 28*28 pixels and 12 epochs the accuracy = 0.9763', ['accuracy 0.9763']],
    // The letter of a loss.
    ['$\\mathcal{L}_{test} = 0.08$', ['loss 0.08 test']],
    ['Accuracy is 0.97 and $\\mathcal{L} = 0.08$', ['accuracy 0.97', 'loss 0.08']],
    ['L_test = 0.08, accuracy 0.9763', ['loss 0.08 test ?', 'accuracy 0.9763']],
    ['$L_{test} = 0.08$ and accuracy 0.9763', ['loss 0.08 test ?', 'accuracy 0.9763 test']],
    ['L = 3 layers and accuracy 0.9763', ['accuracy 0.9763']],
    ['0.95 is the accuracy for class 8.', ['accuracy 0.95 one-class']],
    ['My colleague and I reached an accuracy of 0.9763.', ['accuracy 0.9763']],
    // Two models in a sentence: both are seen, and a person decides which is meant.
    [
      'The linear model reached 92.37 %, the hidden one 97.63 %.',
      ['accuracy 0.9237 ?', 'accuracy 0.9763 ?'],
    ],
    ['We reached 98.2 % with a dropout of 25 %.', ['accuracy 0.982 ?']],
    // Verdicts, citations, intervals.
    ['Wrong: accuracy 0.900', ['accuracy 0.9 negated']],
    ['Falsch: Genauigkeit 0,900', ['accuracy 0.9 negated']],
    ['Wrong: 237, accuracy: 0.9763', ['accuracy 0.9763']],
    ['The accuracy is not 0.900 but 0.97.', ['accuracy 0.9 negated', 'accuracy 0.97']],
    ['<cite>The accuracy is 0.9143.</cite>', ['accuracy 0.9143 quoted']],
    ['loss ∈ (0.4122, 0.5)', ['loss 0.4122 range', 'loss 0.5 range']],
  ])('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});
