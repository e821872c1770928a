import { describe, expect, it } from 'vitest';
import type { Grade } from '../src/grade/grade.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { gradeOf } from './support/grade-of.ts';

const gradeOfPage = (html: string): Promise<Grade> => gradeOf({ 'answers.html': html });

const STYLE = '<style>.x { color: #fff }</style>';
const sections = lab.questions.map(
  ({ number }) =>
    `<h2>Question ${number}</h2><p class="x">We trained the network and it reached an accuracy of 0.9763.</p>`,
);

describe('answers that nobody sees on their page', () => {
  it('need manual grading, and whoever grades is shown them', async () => {
    const grade = await gradeOfPage(`${STYLE}${sections.join('')}`);
    const answered = grade.outcomes.filter(({ message }) => !message.includes('No model'));
    expect(answered.length).toBeGreaterThan(3);
    for (const { outcome, points, evidence } of answered) {
      expect([outcome, points]).toEqual(['needs-review', 0]);
      expect(evidence).toContainEqual({
        kind: 'text',
        label: 'Cannot be seen on the page',
        text: 'We trained the network and it reached an accuracy of 0.9763.',
      });
    }
  });

  it('are shown beside those that are seen', async () => {
    const seen = sections.map((section) => `${section}<p>It is good enough.</p>`).join('');
    const grade = await gradeOfPage(`${STYLE}${seen}`);
    const words = grade.outcomes.flatMap(({ checks }) =>
      checks.filter(({ check }) => check === 'free-text'),
    );
    expect(words.length).toBeGreaterThan(0);
    for (const { evidence } of words) {
      expect(evidence.map((one) => ('label' in one ? one.label : one.kind))).toContain(
        'Cannot be seen on the page',
      );
    }
  });

  it('may be the answer to a question whose label is hidden with it', async () => {
    const [first = '', second = ''] = sections.map((section) => section.replace('"x"', '"y"'));
    const grade = await gradeOfPage(`${STYLE}${first}<div class="x">${second}</div>`);
    const [, hidden] = grade.outcomes;
    expect(hidden?.outcome).toBe('needs-review');
    expect(hidden?.message).toContain('answers.html holds text that cannot be seen on its page');
  });

  it('cost nothing and are no final zero where their labels are hidden, too', async () => {
    const grade = await gradeOfPage(`${STYLE}<div class="x">${sections.join('')}</div>`);
    expect(grade.status).toBe('needs-review');
    expect(grade.outcomes.every(({ outcome }) => outcome === 'needs-review')).toBe(true);
  });
});
