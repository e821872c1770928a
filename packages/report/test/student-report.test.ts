import type { Grade } from '@labproof/grader';
import { describe, expect, it } from 'vitest';
import { layerWords } from '../src/parts/models/architecture.ts';
import { cssString } from '../src/document/page.ts';
import { shellWord } from '../src/parts/provenance.ts';
import { renderStudentReport } from '../src/pages/student-report.ts';
import { attackedGrade } from './synthetic/attacked.ts';
import {
  contradicting,
  excellent,
  syntheticGrade,
  syntheticImages,
  unreadGrade,
} from './synthetic/grades.ts';
import { inspectHtml, visibleText } from './synthetic/inspect-html.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';

const report = (grade = syntheticGrade(excellent)): string =>
  renderStudentReport({ grade, lab, misclassifiedImages: syntheticImages(grade) });
/** The text that a reader sees, on one line. */
const textOf = (html: string): string =>
  html
    .replace(/<(style|svg)[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

describe('the report of a student', () => {
  const html = report();

  it('is the same bytes again', () => {
    expect(report()).toBe(html);
  });

  it('stays under 600 kB and loads nothing', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(600_000);
    const { active, handlers, addresses, ids } = inspectHtml(html);
    expect({ active, handlers, addresses }).toEqual({ active: [], handlers: [], addresses: [] });
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('allows itself nothing by its content security policy', () => {
    expect(html).toContain(
      `content="default-src &#39;none&#39;; img-src data:; font-src data:; style-src &#39;unsafe-inline&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
  });

  it('says first what cost points, then what waits, and last what was found', () => {
    const order = [
      'What cost points',
      'Needs manual grading',
      'Full points',
      'The models',
      'Claims beside',
      'What was found',
      'How to read',
      'Where every number',
    ];
    const mixed = syntheticGrade({ ...excellent, hidden: 128 });
    const positions = order.map((heading) => report(mixed).indexOf(`<h2>${heading}`));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(html).not.toContain('What cost points');
  });

  it('asks the question again, folds what has all its points, and shows the answer once', () => {
    const [asked] = lab.questions;
    const article = /<article class="question waiting" id="q1">[^]*?<\/article>/.exec(html)?.[0];
    expect(article).toContain(asked?.prompt);
    expect(article?.split('Your answer')).toHaveLength(2);
    expect(html.match(/<details class="question full">/g)).toHaveLength(5);
    expect(html.match(/<article class="question/g)).toHaveLength(1);
  });

  it('shows the pictures of an answer, and only what can be a picture', () => {
    const grade = syntheticGrade(excellent);
    const picture = {
      question: 'q5',
      path: 'figures/<b>.png',
      width: 2,
      height: 1,
      png: 'iVBORw==',
    };
    const shown = report({ ...grade, pictures: [picture] });
    expect(shown).toContain('src="data:image/png;base64,iVBORw=="');
    expect(shown).toContain('figures/&lt;b&gt;.png');
    const forged = report({ ...grade, pictures: [{ ...picture, png: '" onerror="x' }] });
    expect(forged).toContain('is not shown]');
    expect(inspectHtml(forged).handlers).toEqual([]);
  });

  it('names the score, what waits, and the status', () => {
    const text = textOf(html);
    expect(text).toContain('14 points decided');
    expect(text).toContain('2 points need manual grading');
    expect(text).toContain('Needs manual grading');
  });

  it('prints every threshold with its n, coverage and confidence', () => {
    expect(textOf(html)).toMatch(
      /at least 97\.38 % one-sided normal tolerance bound of the reference trials, from 10 trials, covers 95 % of all runs, said with 95 % confidence/,
    );
  });

  it('links every entry of its contents to something', () => {
    const { ids } = inspectHtml(html);
    for (const [, target = ''] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it('shows text that matches no question', () => {
    expect(textOf(html)).toContain('I worked alone.');
  });

  it('brings the fonts of the letters it uses', () => {
    expect(html).not.toContain('U+0100-02BA');
    const named = { ...syntheticGrade(excellent), name: 'Łucja Ňová' };
    expect(report(named)).toContain('U+0100-02BA');
  });

  it('says so where somebody else has evaluated the model', () => {
    const grade = syntheticGrade(excellent);
    const models = grade.models.map(({ evaluation, ...model }) => ({
      ...model,
      evaluation: evaluation === null ? null : { ...evaluation, evaluatedBy: 'TensorFlow.js 4' },
    }));
    expect(textOf(report({ ...grade, models }))).toContain('Evaluated by TensorFlow.js 4.');
    expect(textOf(report(grade))).not.toContain('Evaluated by');
  });

  it('prints a date only if it is given one', () => {
    const grade = syntheticGrade(excellent);
    const dated = renderStudentReport({ grade, lab, misclassifiedImages: {}, date: '3 May 2031' });
    expect(textOf(dated)).toContain('s1024 · 3 May 2031');
  });
});

describe('a report of weak work', () => {
  const text = textOf(report(syntheticGrade(contradicting)));

  it('sets the claim beside the measurement', () => {
    expect(text).toMatch(/Q6 Rectified hidden layer accuracy 97\.63 % 95\.\d\d % Not passed/);
  });

  it('marks what differs and says what to do', () => {
    expect(text).toContain('units of layer 1 256 128');
    expect(text).toContain('How to fix it: Give the hidden layer 256 units.');
  });
});

describe('a submission that could not be graded', () => {
  const problem = { code: 'x/y', message: 'The disk is full.', fix: 'Make room.' };

  it('has no score and no zero when it is our fault', () => {
    const text = textOf(report(unreadGrade('s1', 'broken', problem)));
    expect(text).toContain('No score');
    expect(text).toContain('This is our fault');
    expect(text).toContain('The disk is full.');
    expect(text).not.toContain('0 points decided');
  });

  it('tells answers that could not be read from a submission of which nothing could', () => {
    const refused = unreadGrade('s1', 'refused', problem);
    expect(textOf(report(refused))).toContain('Nothing of this submission could be read.');
    const answers = textOf(report({ ...refused, refusal: 'answers', score: 2 }));
    expect(answers).toContain('The answers could not be read. What the models earned stands.');
    expect(answers).toContain('Answers could not be read');
  });

  it('tells one reason once', () => {
    const refused = unreadGrade('s1', 'refused', problem);
    const whole = syntheticGrade(excellent);
    const grade = {
      ...refused,
      outcomes: whole.outcomes.map((outcome) => ({
        ...outcome,
        outcome: 'refused' as const,
        message: problem.message,
        checks: outcome.checks.map((check) => ({ ...check, message: problem.message })),
      })),
    };
    expect(textOf(report(grade)).split(problem.message)).toHaveLength(2);
  });
});

describe('a hostile submission', () => {
  const html = report(attackedGrade('attacker.test'));

  it('brings nothing that runs or loads into the page', () => {
    const { active, handlers, addresses } = inspectHtml(html);
    expect({ active, handlers, addresses }).toEqual({ active: [], handlers: [], addresses: [] });
  });

  it('is shown nevertheless', () => {
    expect(html).toContain('&lt;script&gt;fetch(');
  });
});

describe('words about layers', () => {
  const dense = (config: Record<string, unknown>) => ({ name: 'Dense', config });

  it('mark each option that differs, and no default', () => {
    expect(
      layerWords(
        'Dense',
        { units: 128, activation: 'relu' },
        dense({ units: 256, activation: 'relu' }),
      ),
    ).toEqual([
      { text: 'Dense', differs: false },
      { text: '128 units', differs: true },
      { text: 'relu', differs: false },
    ]);
    expect(layerWords('Dense', { units: 1, use_bias: true }, dense({ units: 1 }))).toEqual([
      { text: 'Dense', differs: false },
      { text: '1 units', differs: false },
    ]);
  });

  it('mark an activation that was left out', () => {
    expect(
      layerWords('Dense', { units: 1 }, dense({ units: 1, activation: 'relu' })),
    ).toContainEqual({
      text: 'linear',
      differs: true,
    });
  });
});

it('writes any text as a CSS string', () => {
  expect(cssString('Aé"\\</style>')).toBe(
    '"A\\0000e9\\000022\\00005c\\00003c\\00002fstyle\\00003e"',
  );
});

it('quotes a path that a shell would take apart', () => {
  expect(shellWord('models/a-b/model.json')).toBe('models/a-b/model.json');
  expect(shellWord("a b'; rm -rf $HOME")).toBe(`'a b'\\''; rm -rf $HOME'`);
  expect(shellWord('--option')).toBe(`'--option'`);
});

describe('what stands beside the questions', () => {
  const grade = syntheticGrade(excellent);
  const render = (changed: Grade): string =>
    visibleText(renderStudentReport({ grade: changed, lab, misclassifiedImages: {} }));

  it('says what a late hand-in costs, in words and before the questions', () => {
    const lateness = {
      submitted: '2026-11-20T10:00:00Z',
      due: '2026-11-19T22:00:00Z',
      periods: 1,
      deduction: 1.5,
      scoreBefore: 15,
      message: 'It came 12 hours late, which is one day begun: 10 % of 15 points.',
    };
    const text = render({ ...grade, lateness });
    expect(text).toContain('Late: 1.5 off the score. It came 12 hours late');
    expect(text.indexOf('Late: 1.5')).toBeLessThan(text.indexOf('A person reads'));
    expect(render({ ...grade, lateness: { ...lateness, periods: 0, deduction: 0 } })).toContain(
      'In time.',
    );
  });

  it('says how the name of an upload was read', () => {
    const handIn = { rule: 'moodle' as const, why: 'The folder is named as Moodle names uploads.' };
    expect(render({ ...grade, handIn })).toContain('as Moodle names uploads');
  });

  it('shows what a search suggests, as a suggestion and escaped', () => {
    const rubric = {
      kind: 'rubric' as const,
      items: [
        {
          concept: 'shape',
          points: 1,
          lookFor: 'pixels',
          met: 'found' as const,
          where: '<b>28</b>',
        },
        { concept: 'labels', points: 1, lookFor: 'ten', met: 'not-found' as const },
      ],
    };
    const outcomes = grade.outcomes.map((outcome) => ({
      ...outcome,
      checks: outcome.checks.map((check) => ({ ...check, evidence: [rubric] })),
    }));
    const html = renderStudentReport({
      grade: { ...grade, outcomes },
      lab,
      misclassifiedImages: {},
    });
    const text = visibleText(html);
    expect(text).toContain('Search: its words are there: “<b>28</b>”');
    expect(text).toContain('its words were not found');
    expect(html).not.toContain('<b>28</b>');
  });
});
