import { describe, expect, it } from 'vitest';
import { check, graded, submission } from './support/whole-submission.ts';
import { text } from '../../submission/test/support/models.ts';

describe('copies of the answers', () => {
  it('cost nothing where they say the same', async () => {
    const content = submission();
    const whole = await graded(content);
    const written = new TextDecoder().decode(content.get('answers.md'));
    content.set('answers (1).md', text(`${written.replaceAll('\n', '\r\n')}\r\n`));
    const twice = await graded(content);
    expect(twice.outcomes).toEqual(whole.outcomes);
    expect(twice.status).toBe(whole.status);
  });

  it('leave the questions in which they differ to manual grading, and show both', async () => {
    const content = submission();
    const whole = await graded(content);
    const written = new TextDecoder().decode(content.get('answers.md'));
    content.set('answers (1).md', text(written.replace('0.90', '0.80')));
    const grade = await graded(content);
    const claim = check(grade, 'q4', 'claim-against-weights:accuracy');
    expect(claim).toMatchObject({ outcome: 'needs-review', points: null });
    expect(claim.evidence).toEqual([
      { kind: 'text', label: 'In answers (1).md', text: 'The accuracy is 0.80.' },
      { kind: 'text', label: 'In answers.md', text: 'The accuracy is 0.90.' },
    ]);
    const others = (one: typeof grade): unknown =>
      one.outcomes.filter(({ question }) => question !== 'q4');
    expect(others(grade)).toEqual(others(whole));
    expect(grade.status).toBe('needs-review');
  });

  it('are named where an export says something else', async () => {
    const content = submission();
    content.set('answers.txt', text('Question 4:\nThe accuracy is 0.99.\n'));
    const grade = await graded(content);
    expect(check(grade, 'q4', 'claim-against-weights:accuracy').message).toMatch(
      /answers\.md and answers\.txt could each be the answers, and they differ/u,
    );
  });
});
