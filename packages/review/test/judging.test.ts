import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohensKappa } from '../src/agreement/kappa.ts';
import { severities } from '../src/agreement/severity.ts';
import { blindfold } from '../src/answers/blind.ts';
import { answerGroups } from '../src/groups/answer-groups.ts';
import { assign, shuffled } from '../src/team/shares.ts';
import { waitingGrade } from './support/small-class.ts';

const pairs = (table: readonly (readonly [string, string, number])[]): [string, string][] =>
  table.flatMap(([a, b, times]) => Array.from({ length: times }, (): [string, string] => [a, b]));

describe("Cohen's kappa", () => {
  it('is what a textbook table gives, with its interval', () => {
    // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, by chance 0.5.
    const agreement = cohensKappa(
      pairs([
        ['yes', 'yes', 20],
        ['yes', 'no', 5],
        ['no', 'yes', 10],
        ['no', 'no', 15],
      ]),
    );
    expect(agreement?.n).toBe(50);
    expect(agreement?.kappa).toBeCloseTo(0.4, 10);
    const [low = 0, high = 0] = agreement?.interval ?? [];
    // The standard error of this table by the formula of 1969 is 0.1270.
    expect((high - low) / 2 / 1.959963984540054).toBeCloseTo(0.127, 3);
  });

  it('is 1 where all agree, and no number where only one thing was ever said', () => {
    expect(
      cohensKappa(
        pairs([
          ['yes', 'yes', 4],
          ['no', 'no', 4],
        ]),
      )?.kappa,
    ).toBe(1);
    expect(cohensKappa(pairs([['no', 'no', 9]]))).toEqual({
      n: 9,
      observed: 1,
      kappa: null,
      interval: null,
    });
    expect(cohensKappa([])).toBeNull();
  });
});

describe('severity', () => {
  it('tells the strict reader from the mild one, and who has become stricter', () => {
    const marks = Array.from({ length: 30 }, (_, index) => [
      { reader: 'anna', question: 'q1', share: index < 15 ? 1 : 0.5 },
      { reader: 'ben', question: 'q1', share: 0.5 },
    ]).flat();
    const [anna, ben] = severities(marks);
    expect(anna?.severity).toBeCloseTo(0.125);
    expect(ben?.severity).toBeCloseTo(-0.125);
    expect(anna?.drift).toBeCloseTo(-0.5);
    expect(ben?.drift).toBeCloseTo(0);
  });
});

describe('groups of answers', () => {
  const prompt = 'Name another task in which reading digits helps, and say whom it helps.';
  const text =
    'Reading the amounts on meters helps the electricity company, which saves the time of a person who types them in by hand every single month.';

  it('hold what is the same but for case, marks and the prompt, and nothing else', () => {
    const answers = [
      { key: 'a', text },
      { key: 'b', text: `${prompt}\n\n**${text.toUpperCase()}**` },
      { key: 'c', text: text.replace('single ', '') },
      { key: 'd', text: 'Score cards of a chess club, which helps its secretary.' },
      { key: 'e', text: '' },
      { key: 'f', text: '' },
      { key: 'g', text: '0.97' },
      { key: 'h', text: '0.98' },
      { key: 'i', text: '0.98' },
    ];
    expect(answerGroups(answers, prompt)).toEqual([
      ['a', 'b', 'c'],
      ['h', 'i'],
    ]);
  });

  it('do not depend on the order of the answers', () => {
    const words = ['meters', 'cheques', 'forms', 'letters', 'cards', 'sheets'];
    const answer = fc
      .array(fc.constantFrom(...words), { maxLength: 12 })
      .map((chosen) => chosen.join(' '));
    fc.assert(
      fc.property(
        fc.array(answer, { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (texts, places) => {
          const answers = texts.map((own, index) => ({ key: `k${index}`, text: own }));
          const drawn = [...places.take(answers.length)];
          const mixed = answers.toSorted(
            (a, b) => (drawn[answers.indexOf(a)] ?? 0) - (drawn[answers.indexOf(b)] ?? 0),
          );
          const sets = (groups: string[][]): string[] =>
            groups.map((group) => group.toSorted().join()).toSorted();
          expect(sets(answerGroups(mixed, ''))).toEqual(sets(answerGroups(answers, '')));
        },
      ),
    );
  });
});

describe('shares', () => {
  const answers = Array.from({ length: 200 }, (_, index) => ({
    key: `s${index}:q1`,
    question: 'q1',
  }));
  const readers = ['anna', 'ben', 'cleo'].map((name) => ({ name, role: 'reader' as const }));
  const plan = { kind: 'planned' as const, readers, by: 'share' as const, twice: 0.05, seed: '1' };

  it('are equal, and one answer in twenty has a second reader who is another', () => {
    const dealt = [...assign(answers, plan).values()];
    const counts = readers.map(({ name }) => dealt.filter(({ first }) => first === name).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const twice = dealt.filter(({ second }) => second !== null);
    expect(twice).toHaveLength(10);
    expect(twice.every(({ first, second }) => first !== second)).toBe(true);
  });

  it('are the same for the same seed whatever the order of answers, and others for another', () => {
    const one = assign(answers, plan);
    const other = assign(answers.toReversed(), plan);
    for (const { key } of answers) expect(other.get(key)).toEqual(one.get(key));
    expect(shuffled(answers, '1')).toEqual(shuffled(answers.toReversed(), '1'));
    expect(shuffled(answers, '1')).not.toEqual(shuffled(answers, '2'));
  });

  it('leave an answer with whoever has read it, and give it to nobody a second time', () => {
    const before = new Map([
      ['s0:q1', ['anna']],
      ['s1:q1', ['anna', 'cleo']],
      ['s2:q1', ['who left']],
    ]);
    const dealt = assign(
      answers,
      { ...plan, twice: 1, questions: { q1: ['ben', 'cleo'] } },
      before,
    );
    expect(dealt.get('s0:q1')).toEqual({
      first: 'anna',
      second: expect.stringMatching(/^(?:ben|cleo)$/u),
    });
    expect(dealt.get('s1:q1')).toEqual({ first: 'anna', second: 'cleo' });
    expect(['ben', 'cleo']).toContain(dealt.get('s2:q1')?.first);
    for (const { first, second } of dealt.values()) expect(first).not.toBe(second);
  });

  it('are whole questions where that is asked for, and nobody reads a second time alone', () => {
    const two = [
      ...answers,
      ...answers.map(({ key }) => ({ key: key.replace('q1', 'q2'), question: 'q2' })),
    ];
    const dealt = assign(two, { ...plan, by: 'question' });
    const first = (question: string): Set<string | undefined> =>
      new Set(
        two
          .filter((answer) => answer.question === question)
          .map(({ key }) => dealt.get(key)?.first),
      );
    expect(first('q1').size).toBe(1);
    expect(first('q2')).not.toEqual(first('q1'));
    const chosen = { q1: ['ben', 'cleo', 'nobody'] };
    const byTwo = [...assign(two, { ...plan, by: 'question', questions: chosen }).entries()];
    const ofFirst = byTwo.filter(([key]) => key.endsWith('q1')).map(([, { first: who }]) => who);
    expect(ofFirst.filter((who) => who === 'ben')).toHaveLength(100);
    expect(ofFirst.filter((who) => who === 'cleo')).toHaveLength(100);
    const alone = assign(answers, { ...plan, readers: readers.slice(0, 1) });
    expect([...alone.values()].every(({ second }) => second === null)).toBe(true);
  });
});

describe('the blindfold', () => {
  const grade = {
    ...waitingGrade('1048576', 'Ines Real', { q1: 'x' }),
    files: [{ path: 'ines-real/answers.md', bytes: 1, role: 'answers', why: 'x' }],
  } as unknown as Parameters<typeof blindfold>[0];

  it('takes out ids, names and file names wherever they stand, and no other word', () => {
    const hide = blindfold(grade);
    expect(hide('Ines Real (1048576), see ines-real/answers.md or answers.md')).toBe(
      '▒▒▒ (▒▒▒), see [file] or [file]',
    );
    expect(hide({ text: ['by REAL, Ines', 'a real task of 10485 images'] })).toEqual({
      text: ['by ▒▒▒, ▒▒▒', 'a real task of 10485 images'],
    });
  });
});
