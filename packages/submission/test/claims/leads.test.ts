import { describe, expect, it } from 'vitest';
import { markdownBlocks } from '../../src/blocks/markdown-blocks.ts';
import { claimsInAnswer } from '../../src/claims/answer-claims.ts';

/** "accuracy 0.9763 test", of all figures of an answer, with the standing of those that are no claims. */
function figures(markdown: string): string[] {
  const { claims, asides } = claimsInAnswer(markdownBlocks(markdown), () => false);
  return [...claims, ...asides].map(({ metric, value, part, standing, corrects }) =>
    [metric, value, part, standing === 'stated' ? null : standing, corrects ? 'corrects' : null]
      .filter((piece) => piece !== null)
      .join(' '),
  );
}

describe('figures and the words above them', () => {
  it.each([
    [
      'On the training set we get:\n\n- accuracy 0.99\n- loss 0.03',
      ['accuracy 0.99 training', 'loss 0.03 training'],
    ],
    ['According to the handout:\n\naccuracy 0.9763', ['accuracy 0.9763 quoted']],
    [
      'These are the values of my friend:\n\n| loss | accuracy |\n|---|---|\n| 0.08 | 0.9763 |',
      ['loss 0.08 compared', 'accuracy 0.9763 compared'],
    ],
    [
      '**Training set**\n\naccuracy: 0.99\n\n**Test set**\n\naccuracy: 0.9763',
      ['accuracy 0.99 training', 'accuracy 0.9763 test'],
    ],
    [
      '- Handout\n  - accuracy 0.98\n- Test images\n  - accuracy 0.9763',
      ['accuracy 0.9763 test', 'accuracy 0.98 quoted'],
    ],
    [
      'The handout says:\n\n- accuracy 0.98\n\nThe accuracy is 0.9763.',
      ['accuracy 0.9763', 'accuracy 0.98 quoted'],
    ],
    ['The handout asks for this:\n\nOur accuracy is 0.9763.', ['accuracy 0.9763']],
    ['**Accuracy**\n\n97.63 %', ['accuracy 0.9763']],
    [
      '```python\nmodel.evaluate(x_train, y_train)\n```\n\n```\n## [0.03, 0.99]\n```',
      ['loss 0.03 training', 'accuracy 0.99 training'],
    ],
    [
      '```python\nmodel.evaluate(x_test, y_test)\n```\n\n```\n## [0.03, 0.99]\n```',
      ['loss 0.03', 'accuracy 0.99'],
    ],
    [
      'Results (my neighbour):\n\n```\nTest accuracy: 0.9763\n```',
      ['accuracy 0.9763 test compared'],
    ],
    ['Results:\n\n- accuracy: 0.9763', ['accuracy 0.9763']],
    ['Training:\n\n```\nTest accuracy: 0.9763\n```', ['accuracy 0.9763 test']],
    ['Training:\n\n```\n[0.08, 0.9763]\n```', ['loss 0.08', 'accuracy 0.9763']],
  ])('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});

describe('figures that replace earlier ones', () => {
  it.each([
    ['Accuracy 0.97. Correction: 0.9763.', ['accuracy 0.97', 'accuracy 0.9763 corrects']],
    ['Accuracy 0.97.\n\n**Update:** it is 97.63 %', ['accuracy 0.97', 'accuracy 0.9763 corrects']],
    [
      'Accuracy 0.97 (typo, should read 0.9763)',
      ['accuracy 0.97 corrects', 'accuracy 0.9763 corrects'],
    ],
    [
      'Accuracy 0.97. This is wrong, the right value is 0.9763.',
      ['accuracy 0.97', 'accuracy 0.9763 corrects'],
    ],
    ['Loss 0.12. Sorry, I meant 0.0841.', ['loss 0.12', 'loss 0.0841 corrects']],
    ['Genauigkeit 0,97. Korrektur: 0,9763.', ['accuracy 0.97', 'accuracy 0.9763 corrects']],
    [
      'Sorry for the delay. The training accuracy is 0.99, the test accuracy 0.9763.',
      ['accuracy 0.99 training', 'accuracy 0.9763 test'],
    ],
  ])('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});

describe('tables', () => {
  it.each([
    [
      '<table><tr><th>set</th><th>accuracy</th></tr><tr><td>training</td><td>0.99</td></tr><tr><td>test</td><td>0.9763</td></tr></table>',
      ['accuracy 0.99 training', 'accuracy 0.9763 test'],
    ],
    [
      '<table>\n<tr><td>Accuracy</td><td>0.9763</td></tr>\n<tr><td>Loss</td><td><s>0.1</s>0.08</td></tr>\n</table>',
      ['accuracy 0.9763', 'loss 0.08'],
    ],
    ['| Accuracy | 0.9763 |\n|---|---|\n| Loss | 0.08 |', ['accuracy 0.9763', 'loss 0.08']],
  ])('%s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});
