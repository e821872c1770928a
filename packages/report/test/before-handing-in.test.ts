import type { SelfCheck, SelfCheckQuestion, SelfCheckState } from '@labproof/grader';
import { describe, expect, it } from 'vitest';
import { beforeHandingIn, questionsText } from '../src/parts/before-handing-in.ts';
import { selfCheckText } from '../src/terminal/self-check-text.ts';

type Item = SelfCheckQuestion['checks'][number];

function item(state: SelfCheckState, max: number, more: Partial<Item> = {}): Item {
  const open = state === 'reader' || state === 'not-checked' ? max : 0;
  const fine = state === 'fine' ? max : 0;
  const texts = { message: `It is ${state}.`, advice: 'Mend it so.', absent: null };
  return { check: 'plot', state, max, fine, open, lost: max - fine - open, ...texts, ...more };
}

function question(number: number, ...checks: Item[]): SelfCheckQuestion {
  const sum = (of: (one: Item) => number): number => checks.reduce((all, one) => all + of(one), 0);
  return {
    question: `q${number}`,
    number,
    title: `Title ${number}`,
    state: checks[0]?.state ?? 'fine',
    checks,
    max: sum(({ max }) => max),
    fine: sum(({ fine }) => fine),
    lost: sum(({ lost }) => lost),
    open: sum(({ open }) => open),
  };
}

function check(questions: readonly SelfCheckQuestion[], more: Partial<SelfCheck> = {}): SelfCheck {
  const sum = (of: (one: SelfCheckQuestion) => number): number =>
    questions.reduce((all, one) => all + of(one), 0);
  return {
    lab: { id: 'lab', title: 'A lab', version: '1.0.0' },
    problem: null,
    points: {
      max: sum(({ max }) => max),
      fine: sum(({ fine }) => fine),
      lost: sum(({ lost }) => lost),
      open: sum(({ open }) => open),
    },
    found: [],
    modelsMissing: [],
    questions,
    ...more,
  };
}

describe('numbers of questions', () => {
  it.each([
    [[3], 'question 3'],
    [[1, 2], 'questions 1 and 2'],
    [[4, 1, 2, 3], 'questions 1 to 4'],
    [[1, 3, 4, 7, 8, 9, 11], 'questions 1, 3, 4, 7 to 9 and 11'],
  ])('%j are %s', (numbers, text) => {
    expect(questionsText(numbers)).toBe(text);
  });
});

describe('what to do before handing in', () => {
  const absent = { absent: 'answer' } as const;

  it('says once what is missing whole, with all its points, and what a file spoils', () => {
    const unreadable = { message: 'The model is cut off.', advice: 'Save it again.' };
    const toDo = beforeHandingIn(
      check(
        [
          question(1, item('missing', 1, absent)),
          question(2, item('fine', 1)),
          // Its log is missing, too: that is said when there is an answer.
          question(3, item('missing', 1, absent), item('missing', 2)),
          question(4, item('unreadable', 1, unreadable), item('unreadable', 2, unreadable)),
          question(5, item('unreadable', 1, unreadable)),
          question(6, item('missing', 3, { absent: 'model' })),
          question(7, item('deduction', 2), item('reader', 1)),
          question(8, item('missing', 0.5)),
        ],
        { modelsMissing: ['net'] },
      ),
    );
    expect(toDo).toMatchObject({ unanswered: [1, 3], unansweredLost: 4, models: ['net'] });
    expect(toDo.mend.map(({ questions, lost, state }) => [questions, lost, state])).toEqual([
      [[4, 5], 4, 'unreadable'],
      [[7], 2, 'deduction'],
      [[8], 0.5, 'missing'],
    ]);
  });

  it('fits on a screen however much there is to mend, and names what is not shown', () => {
    const long = { message: 'x'.repeat(2000), advice: 'y'.repeat(2000) };
    const questions = Array.from({ length: 60 }, (_, index) =>
      question(index + 1, item('deduction', 1, { ...long, message: `${index} ${long.message}` })),
    );
    const found = Array.from({ length: 90 }, (_, index) => ({
      path: `stray-${index}.xyz`,
      role: 'ignored' as const,
      matched: [],
      why: `reason ${index % 9}`,
    }));
    const text = selfCheckText(check(questions, { found }), { colour: false });
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300);
    expect(text).toContain('… and more in questions 8 to 60: --verbose');
    expect(text).toContain(
      'Of 60 points, 0 would stand, 60 would be lost, and 0 are decided in grading.',
    );
    const whole = selfCheckText(check(questions, { found }), { colour: false, verbose: true });
    expect(whole).toContain('stray-89.xyz');
    expect(whole).toContain('Q60');
  });

  it('says that there is nothing to mend, and what could not be read at all', () => {
    const fine = selfCheckText(
      check([question(1, item('fine', 1)), question(2, item('reader', 1))]),
      {
        colour: false,
      },
    );
    expect(fine).toContain('Before you hand in: nothing to fix.');
    expect(fine).toContain('Fine: question 1.\nDecided in grading: question 2.\n');
    expect(fine).not.toContain('models');
    const problem = {
      code: 'zip-unreadable',
      message: 'The zip is cut off.',
      fix: 'Make it anew.',
    };
    const text = selfCheckText(check([], { problem }), { colour: false });
    expect(text).toContain(
      'This cannot be read: The zip is cut off.\n  how to fix it: Make it anew.',
    );
  });
});
