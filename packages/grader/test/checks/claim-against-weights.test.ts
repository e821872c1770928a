import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { text } from '../../../submission/test/support/models.ts';
import { check, graded, submission } from '../support/whole-submission.ts';

const accuracy = async (answer: string): Promise<CheckOutcome> =>
  check(await graded(submission({ q4: answer })), 'q4', 'claim-against-weights:accuracy');

describe('claim-against-weights', () => {
  it.each([
    ['The accuracy is 0.9.', 'passed'],
    ['accuracy: 90,00 %', 'passed'],
    ['accuracy about 0.91', 'passed'],
    ['The test accuracy is 0.9005.', 'passed'],
    ['The test accuracy is 0.9007.', 'failed'],
    ['The accuracy is 0.99.', 'failed'],
    ['The training accuracy is 0.95, the test accuracy 0.9.', 'passed'],
    ['The training accuracy is 0.95.', 'failed'],
    ['The validation accuracy is 0.9.', 'needs-review'],
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

  it('cannot confirm a claim without a model', async () => {
    const content = submission();
    content.delete('models/squares-linear/model.json');
    content.delete('models/squares-linear/weights.bin');
    const grade = await graded(content);
    expect(grade.outcomes[3]).toMatchObject({ outcome: 'missing', points: 0 });
    content.set('models/squares-linear/model.json', text('{'));
    expect((await graded(content)).outcomes[3]).toMatchObject({ outcome: 'refused', points: 0 });
  });
});
