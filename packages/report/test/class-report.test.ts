import type { Finding } from '@labproof/grader';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderClassReport } from '../src/pages/class-report.ts';
import {
  commonFailures,
  correlation,
  questionStatistics,
  sameWeights,
  waitingQuestions,
} from '../src/pages/class-statistics.ts';
import { reportHref } from '../src/parts/student-name.ts';
import { TABLE_SCRIPT, TABLE_SCRIPT_HASH } from '../src/pages/student-table.ts';
import { attackedGrade } from './synthetic/attacked.ts';
import { excellent, syntheticClass, syntheticGrade } from './synthetic/grades.ts';
import { inspectHtml, visibleText } from './synthetic/inspect-html.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';

const grades = syntheticClass();

describe('the report of a class', () => {
  const html = renderClassReport({ grades, lab });

  it('is the same bytes again, in whatever order the grades come', () => {
    expect(renderClassReport({ grades: grades.toReversed(), lab })).toBe(html);
  });

  it('begins with the students; then puts broken before refused before what waits before the rest', () => {
    const positions = [
      'Students</h2>',
      'Look here first</h2>',
      'No score: our fault</span> <a',
      'Could not be read</span> <a',
      'Needs manual grading</h2>',
      'Scores and questions</h2>',
    ].map((text) =>
      html
        .replace(/<header[^]*?<\/header>/, '')
        .replace(/\s*<\/(span|h2)\s*>/g, '</$1>')
        .replace(/<\/span>\s+<a/g, '</span> <a')
        .indexOf(text),
    );
    expect(positions).not.toContain(-1);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('runs one script, and its policy knows no other', () => {
    const hash = `sha256-${createHash('sha256').update(TABLE_SCRIPT).digest('base64')}`;
    expect(TABLE_SCRIPT_HASH).toBe(hash);
    expect(html).toContain(`script-src &#39;${hash}&#39;`);
    expect(inspectHtml(html).active.filter((name) => name !== 'input')).toEqual(['script']);
    expect(html).toContain(`<script>${TABLE_SCRIPT}</script>`);
  });

  it('links every submission', () => {
    for (const { student } of grades) expect(html).toContain(`href="./${student}/report.html"`);
  });

  it('lets no submission bring anything that runs or leads out', () => {
    const hostile = inspectHtml(
      renderClassReport({ grades: [attackedGrade('attacker.test'), ...grades], lab }),
    );
    expect(hostile.active.filter((name) => name !== 'input')).toEqual(['script']);
    expect(hostile.handlers).toEqual([]);
    for (const address of hostile.addresses) {
      expect(new URL(address, 'file:///out/index.html').href).toMatch(
        /^file:\/\/\/out\/[^/]+\/report\.html(?:#[\w-]*)?$/,
      );
    }
  });

  it('leads from every number to its answer, and says a word where nothing was handed in', () => {
    const [first] = grades;
    expect(html).toMatch(
      new RegExp(`href="\\./${first?.student}/report\\.html#q3"\\s*>\\s*[\\d.?]+\\s*</a`),
    );
    const cells = html.match(/<span class="word">missing<\/span>/g) ?? [];
    const missing = grades.flatMap(({ outcomes }) =>
      outcomes.filter(({ outcome }) => outcome === 'missing'),
    );
    expect(missing.length).toBeGreaterThan(2);
    expect(cells).toHaveLength(missing.length);
  });

  it('links all who are in a list, however long it is', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...syntheticGrade(excellent),
      student: `m${index}`,
    }));
    const page = renderClassReport({ grades: many, lab });
    for (const { student } of many)
      expect(page.split(`href="./${student}/report.html#q1"`).length).toBeGreaterThan(2);
    expect(page).toContain('<summary>20 more</summary>');
  });

  it('reads with no submission at all', () => {
    expect(renderClassReport({ grades: [], lab })).toContain('0\u00a0submissions');
  });
});

describe('links to a student', () => {
  const href = (student: string): string => reportHref({ ...syntheticGrade(excellent), student });

  it('stay below the class page', () => {
    const base = 'file:///out/index.html';
    for (const student of ['a b', '..', '.', '../x', '/etc', 'x/../..', 'http://h', 'ü#?%']) {
      expect(new URL(href(student), base).href).toMatch(
        /^file:\/\/\/out\/(?:[^/]+\/report\.html|index\.html#students)$/,
      );
    }
  });
});

describe('statistics of a class', () => {
  it('know a perfect, an opposite and no correlation', () => {
    expect(
      correlation([
        [1, 2],
        [2, 4],
        [3, 6],
      ]),
    ).toBeCloseTo(1, 12);
    expect(
      correlation([
        [1, 3],
        [2, 2],
        [3, 1],
      ]),
    ).toBeCloseTo(-1, 12);
    expect(
      correlation([
        [1, 3],
        [1, 2],
        [1, 1],
      ]),
    ).toBeNull();
    expect(
      correlation([
        [1, 3],
        [2, 2],
      ]),
    ).toBeNull();
  });

  it('leave out refused and broken submissions', () => {
    const [first] = questionStatistics(grades);
    const counted = Object.values(first?.outcomes ?? {}).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(14);
  });

  it('keep given and waiting points apart', () => {
    const [first] = questionStatistics(grades);
    expect(first?.given).toBe(0);
    expect(first?.pending).toBeCloseTo(10 / 14, 12);
  });

  it('group equal failures, most frequent first', () => {
    const failures = commonFailures(grades, 10);
    const counts = failures.map(({ students }) => students.length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(Math.min(...counts)).toBeGreaterThan(1);
    expect(failures.length).toBeGreaterThan(2);
    // Who answered nothing made no mistake.
    expect(failures.filter(({ outcome }) => outcome === 'missing')).toEqual([]);
  });

  it('tell a file that is refused once, however many checks need it', () => {
    const [fault, what] = ['refused', 'A file that cannot be read'] as const;
    const without = (student: string) => {
      const grade = syntheticGrade(excellent);
      return {
        ...grade,
        student,
        outcomes: grade.outcomes.map((outcome) =>
          outcome.question === 'q6'
            ? {
                ...outcome,
                outcome: fault,
                checks: outcome.checks.map((check) => ({ ...check, outcome: fault })),
              }
            : outcome,
        ),
      };
    };
    const [one, other] = [without('a'), without('b')];
    expect(one.outcomes.find(({ question }) => question === 'q6')?.checks.length).toBeGreaterThan(
      1,
    );
    const failures = commonFailures([one, other], 10);
    expect(failures).toMatchObject([{ question: 'q6', what, outcome: fault }]);
    expect(failures[0]?.students.map(({ student }) => student)).toEqual(['a', 'b']);
  });

  it('list what waits by question', () => {
    expect(waitingQuestions(grades)).toMatchObject([{ question: 'q1', number: 1 }]);
    expect(waitingQuestions(grades)[0]?.students).toHaveLength(10);
  });

  it('find equal weights', () => {
    const grade = syntheticGrade(excellent);
    expect(sameWeights(grades)).toEqual([]);
    expect(sameWeights([grade, { ...grade, student: 'copy' }])).toHaveLength(2);
  });
});

describe('what somebody should look at', () => {
  const grades = syntheticClass();
  const finding: Finding = {
    kind: 'similar-answers',
    students: ['s1100', 's1101'],
    exercise: null,
    question: 'q1',
    message: 'Two answers share 92 % of their words; a common template does that too.',
    statistic: {
      name: 'share of common word groups',
      value: 0.9231,
      threshold: 0.6,
      falseAlarms: 'about 1 in 500 classes',
    },
    pairs: [{ students: ['s1100', 's1101'], value: 0.9231 }],
    excerpts: [
      { student: 's1100', text: 'The curve **flattens**.' },
      { student: 's1101', text: '<script>x</script><img src=x onerror=y>' },
    ],
  };

  it('is told with its statistic and how often it is wrong, linked to the answers', () => {
    const html = renderClassReport({ grades, lab, findings: [finding] });
    const text = visibleText(html);
    expect(text).toContain('Answers with the same words');
    expect(text).toContain('0.9231 (threshold 0.6000)');
    expect(text).toContain('about 1 in 500 classes');
    expect(html).toContain('href="./s1100/report.html#q1"');
    expect(html).toContain('<strong>flattens</strong>');
    expect(inspectHtml(html).handlers).toEqual([]);
    expect(inspectHtml(html).active.filter((name) => name === 'img')).toEqual([]);
  });

  it('takes no room where there is nothing', () => {
    expect(renderClassReport({ grades, lab, findings: [] })).not.toContain('Worth a look');
  });
});
