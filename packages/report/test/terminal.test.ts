import { describe, expect, it } from 'vitest';
import { gradesTable, terminalText, trialsTable } from '../src/terminal/terminal.ts';
import { attackedGrade } from './synthetic/attacked.ts';
import { syntheticClass } from './synthetic/grades.ts';
import { reluTrials } from './synthetic/lab.ts';

describe('tables on a terminal', () => {
  it('show every status without colour', () => {
    const table = gradesTable(syntheticClass(), { colour: false });
    const [first] = syntheticClass();
    expect(first).toBeDefined();
    const typed = first === undefined ? [] : [{ ...first, id: "d'arc+1" }];
    expect(gradesTable(typed, { colour: false })).toContain("d'arc+1 ");
    expect(table).toContain('BROKEN (our fault)');
    expect(table).toContain('refused');
    expect(table).toContain('needs manual grading');
    expect(table).toMatch(/^s1101\s+Student Number 2\s+14\s+\/ 16\s+final\s+o\+\+\+\+\+$/m);
    expect(table).not.toContain('\u001b');
    expect(table.endsWith('\n')).toBe(true);
  });

  it('tell refused answers from a refused submission', () => {
    const [, grade] = syntheticClass();
    if (grade === undefined) expect.fail('an empty class');
    const refused = { ...grade, status: 'refused' as const, score: 0 };
    const tell = (refusal: 'everything' | 'answers'): string =>
      gradesTable([{ ...refused, refusal }], { colour: false });
    expect(tell('everything')).toMatch(/ refused /u);
    expect(tell('everything')).not.toContain('answers refused');
    expect(tell('answers')).toContain('answers refused');
    expect(gradesTable([{ ...refused, score: 2 }], { colour: false })).toContain('answers refused');
  });

  it('use colours only when asked, and say the same', () => {
    const colourful = gradesTable(syntheticClass(), { colour: true });
    expect(colourful).toContain('\u001b[31m');
    // oxlint-disable-next-line no-control-regex
    expect(colourful.replace(/\u001b\[\d+m/g, '')).toBe(
      gradesTable(syntheticClass(), { colour: false }),
    );
  });

  it('line up', () => {
    const [head = '', ...rows] = trialsTable(reluTrials, { colour: false }).trimEnd().split('\n');
    expect(rows).toHaveLength(10);
    expect(rows[0]?.indexOf('fce1905cbf8a739d')).toBe(head.indexOf('digest'));
  });

  it('let no submission steer the terminal', () => {
    const table = gradesTable([attackedGrade('attacker.test')], { colour: false });
    // oxlint-disable-next-line no-control-regex
    expect(table.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(table.trimEnd().split('\n')).toHaveLength(3);
    expect(terminalText('\u001b]0;title\u0007\u001b[2J\u202Eabc', 40)).toBe(']0;title[2Jabc');
  });

  it('cut what is too long', () => {
    expect(terminalText('x'.repeat(99), 10)).toBe(`${'x'.repeat(9)}…`);
  });
});
