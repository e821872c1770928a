import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { text } from '../../../submission/test/support/models.ts';
import { compiled } from '../support/training-code.ts';
import { check, graded, submission } from '../support/whole-submission.ts';

const accuracy = async (answer: string): Promise<CheckOutcome> =>
  check(await graded(submission({ q4: answer })), 'q4', 'claim-against-weights:accuracy');

describe('claim-against-weights', () => {
  it.each([
    ['The accuracy is 0.90.', 'passed'],
    ['accuracy: 90,00 %', 'passed'],
    ['accuracy about 0.91', 'passed'],
    ['The test accuracy is 0.9005.', 'passed'],
    ['The test accuracy is 0.9007.', 'failed'],
    ['The accuracy is 0.99.', 'failed'],
    ['The training accuracy is 0.95, the test accuracy 0.90.', 'passed'],
    ['The training accuracy is 0.95.', 'failed'],
    ['The training accuracy is 0.95, and 0.9003 of the new images are right.', 'needs-review'],
    ['The validation accuracy is 0.9.', 'needs-review'],
    // Too few digits to say anything.
    ['The accuracy is 0.9.', 'needs-review'],
    ['The accuracy is about 1.', 'needs-review'],
    ['accuracy 0e9', 'needs-review'],
    ['accuracy 90 %', 'passed'],
    ['accuracy about 90 %', 'passed'],
    ['The accuracy is 0.9, exactly 0.9003.', 'passed'],
    // Several values, of which one agrees.
    ['accuracy 0.87 or 0.90 or 0.93', 'needs-review'],
    ['The accuracy is between 0.85 and 0.95.', 'needs-review'],
    ['The accuracy is 0.9003. The accuracy is 0.97.', 'needs-review'],
    ['The accuracy is 0.96. The accuracy is 0.97.', 'failed'],
    ['The test accuracy is 0.97. According to the handout it should be 0.9003.', 'needs-review'],
    ['The test accuracy is 0.97. According to the handout it should be 0.99.', 'failed'],
    ['The accuracy is 0.97.\n\n```\nTest accuracy: 0.9003\n```', 'needs-review'],
    ['The accuracy is 0.9003.\n\n```\nTest accuracy: 0.97\n```', 'passed'],
    ['The test accuracy is 0.9003. Correction: 0.97.', 'needs-review'],
    ['The test accuracy is 0.97. Correction: 0.9003.', 'needs-review'],
    ['According to the handout:\n\n- accuracy 0.9003', 'needs-review'],
    // What evaluate printed, where no words state anything.
    ['```\nTest accuracy: 0.9003\n```', 'passed'],
    ['```python\nmodel.evaluate(x, y)  # [0.35, 0.9003]\n```', 'passed'],
    ['```\n10/10 [====] - 0s 1ms/step - loss: 0.3 - accuracy: 0.9003\n```', 'passed'],
    ['```\n10/10 [====] - 0s 1ms/step - loss: 0.3 - accuracy: 0.9703\n```', 'needs-review'],
    ['```\nEpoch 1/1\n10/10 [====] - 0s - loss: 0.3 - accuracy: 0.9703\n```', 'failed'],
    ['```python\nprint("accuracy 0.9003")\n```', 'needs-review'],
    // Whose words they are, and whether they are said at all.
    ['> The accuracy is 0.9003.', 'needs-review'],
    ['~~The accuracy is 0.9003.~~', 'needs-review'],
    ['<p hidden>The accuracy is 0.9003.</p>\n\nIt is good.', 'needs-review'],
    ['<!-- The accuracy is 0.9003. -->\n\nIt is good.', 'failed'],
    ['The accuracy is not 0.9003.', 'needs-review'],
    ['If it reached an accuracy of 0.9003, it would be good.', 'needs-review'],
    // Spellings that are read, or left to a person.
    ['Die Genauigkeit beträgt 90,03 %.', 'passed'],
    ['测试准确率为0.9003。', 'passed'],
    ['The acuracy is ９０．０３ %.', 'passed'],
    ['The acuracy is 0.97.', 'needs-review'],
    ['After 12 epochs we reached 90.03 %.', 'passed'],
    ['After 12 epochs we reached 97 %.', 'needs-review'],
    ['Ninety percent of the images.', 'needs-review'],
    ['It is very good.', 'failed'],
    ['It got 270 of 300.', 'needs-review'],
    ['', 'missing'],
  ])('%s → %s', async (answer, outcome) => {
    expect((await accuracy(answer)).outcome).toBe(outcome);
  });

  it('says both numbers', async () => {
    const { message, evidence } = await accuracy('We reached an accuracy of 99,1 %.');
    expect(message).toContain('99,1 %');
    expect(message).toContain('90.00\u00a0% on the test images');
    expect(evidence).toContainEqual({
      kind: 'text',
      label: 'Read in the answer',
      text: 'We reached an accuracy of 99,1 %.',
    });
  });

  it('shows both of two contradicting values', async () => {
    const { message, evidence } = await accuracy('The accuracy is 0.9003. The accuracy is 0.97.');
    expect(message).toContain('0.9003');
    expect(message).toContain('0.97');
    expect(evidence).toContainEqual({
      kind: 'text',
      label: 'Also read',
      text: 'The accuracy is 0.97.',
    });
  });

  it('says why a figure was not counted', async () => {
    const { evidence } = await accuracy('> The accuracy is 0.9003.');
    expect(evidence).toEqual([
      { kind: 'text', label: 'Not counted, as it is quoted', text: 'The accuracy is 0.9003.' },
    ]);
  });

  it('leaves an answer with more figures than are looked at to a person, and shows few of them', async () => {
    const { outcome, message, evidence } = await accuracy('The accuracy is 0.9003. '.repeat(3000));
    expect(outcome).toBe('needs-review');
    expect(message).toContain('more numbers than are looked at');
    expect(evidence.length).toBeLessThan(12);
  });

  it.each([
    ['mean_squared_error', 'The loss is 99.5.', 'needs-review'],
    ['sparse_categorical_crossentropy', 'The loss is 99.5.', 'failed'],
    ['categorical_crossentropy', 'The loss is 99.5.', 'failed'],
  ])('a model of the loss %s: %s → %s', async (loss, answer, outcome) => {
    const content = new Map([...submission({ q4: answer }), ...compiled('SGD', {}, loss)]);
    const found = check(await graded(content), 'q4', 'claim-against-weights:loss');
    expect(found.outcome).toBe(outcome);
    expect(found.message.includes('mean_squared_error')).toBe(outcome === 'needs-review');
  });

  it('cannot confirm a claim without a model', async () => {
    const content = submission();
    content.delete('models/squares-linear/model.json');
    content.delete('models/squares-linear/weights.bin');
    const grade = await graded(content);
    expect(grade.outcomes[3]).toMatchObject({ outcome: 'missing', points: 0 });
    content.set('models/squares-linear/model.json', text('{'));
    expect((await graded(content)).outcomes[3]).toMatchObject({ outcome: 'refused', points: 0 });
  });

  it('tells the difference in the unit in which the number is written', async () => {
    const { message } = await accuracy('The test accuracy is 97.31 %.');
    expect(message).toMatch(
      /they differ by 7\.\d+ percentage points, and 0\.0\d+ percentage points are allowed/u,
    );
    expect((await accuracy('The test accuracy is 0.9731.')).message).toMatch(
      /they differ by 0\.07\d*, and 0\.00\d+ is/u,
    );
  });
});
