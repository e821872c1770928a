import { exercisesToHandIn } from '@labproof/grader';
import { type Lab, LabSchema, type Question } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { renderHandout } from '../src/pages/handout.ts';
import { renderLabText } from '../src/parts/lab-text.ts';
import { inspectHtml, visibleText } from './synthetic/inspect-html.ts';
import { syntheticLab } from './synthetic/lab.ts';
import { syntheticSamples } from './synthetic/samples.ts';

const html = renderHandout({ lab: syntheticLab, samples: syntheticSamples() });

/** The lab with words in every place that only an instructor may read. */
function withCanaries(lab: Lab): Lab {
  return LabSchema.parse({
    ...lab,
    exercises: lab.exercises.map((exercise) => ({
      ...exercise,
      published: { source: 'CANARY-source', loss: 0.123_451, accuracy: 0.987_651 },
    })),
    questions: lab.questions.map((question) => ({
      ...question,
      checks: [
        ...question.checks,
        {
          kind: 'free-text',
          points: 1,
          rubric: [
            { concept: 'CANARY-concept', points: 0.25, lookFor: 'CANARY-look-for' },
            { concept: 'CANARY-other', points: 0.75, lookFor: 'CANARY-more' },
          ],
        },
      ],
    })),
  });
}

describe('the handout', () => {
  it('names the self-check page where there is one, and the command besides', () => {
    expect(html).not.toContain('self-check page');
    const lab = { ...syntheticLab, selfCheckPage: 'https://school.example/lab/?a=1&b=2' };
    const named = renderHandout({ lab, samples: {} });
    expect(named).toContain('href="https://school.example/lab/?a=1&amp;b=2"');
    expect(visibleText(named)).toContain('nothing is installed, and your files stay');
    expect(visibleText(named)).toContain('Where you have Labproof, the command does the same');
    const told = renderHandout({ lab, samples: {}, selfCheckPage: 'https://other.example/' });
    expect(told).toContain('href="https://other.example/"');
    expect(told).not.toContain('school.example');
  });

  it('holds introduction, networks, questions with their points, and how to hand in', () => {
    const text = visibleText(html);
    for (const { title, prompt, number } of syntheticLab.questions) {
      expect(text).toContain(title);
      expect(text).toContain(prompt);
      expect(html).toContain(`id="q${number}"`);
    }
    expect(text).toContain('203,530 parameters');
    expect(text).toContain('models/mnist-mlp-relu.keras');
    expect(text).toContain(`labproof init ${syntheticLab.id} DIR`);
  });

  it('gives nothing away that only an instructor may read', () => {
    const lab = withCanaries(syntheticLab);
    expect(JSON.stringify(lab)).toContain('CANARY-look-for');
    const page = renderHandout({ lab, samples: syntheticSamples() });
    expect(page).toContain('a person who reads your answer');
    expect(page).not.toMatch(/CANARY|0\.123451|98\.76|98\.77|0\.987651/);
  });

  it('shows the pass mark rounded up, so that who reaches it passes', () => {
    const bound = syntheticLab.exercises[1]?.bands?.test.accuracyLower.value ?? 0;
    const shown = /at least (\d+\.\d+)\u00a0%/.exec(html.slice(html.indexOf('id="q6"')))?.[1];
    expect(Number(shown) / 100).toBeGreaterThanOrEqual(bound);
    expect(Number(shown) / 100 - bound).toBeLessThan(0.000_1);
  });

  it('keeps the network of an open exercise to itself', () => {
    const open: Lab = {
      ...syntheticLab,
      exercises: syntheticLab.exercises.map((exercise) => ({
        ...exercise,
        title: 'CANARY-title',
      })),
      questions: syntheticLab.questions.map((question) => ({
        ...question,
        checks: [{ kind: 'metric-in-band', points: 1 }],
      })),
    };
    const page = renderHandout({ lab: open });
    expect(page).toContain('yours to design');
    expect(page).not.toMatch(/CANARY|203,530|class="network"|RMSprop/);
  });

  it('draws reference curves only where a model is handed in', () => {
    expect(html).toContain('mnist-mlp-relu-reference-validation-accuracy');
    const explored: Lab = {
      ...syntheticLab,
      questions: syntheticLab.questions.map((question) => ({
        ...question,
        checks: [{ kind: 'plot', points: 1 }],
      })),
    };
    expect(renderHandout({ lab: explored })).not.toContain('-reference-');
    expect(exercisesToHandIn(explored)).toEqual([]);
  });

  it('asks for the model where anything looks at it', () => {
    const [first, ...others] = syntheticLab.questions.filter(({ exercise }) => exercise !== null);
    if (first === undefined) throw new RangeError('a lab without exercises');
    const matrix: Lab = {
      ...syntheticLab,
      questions: [
        { ...first, checks: [{ kind: 'confusion-matrix', points: 1 }] },
        ...others.map((question): Question => ({
          ...question,
          checks: [{ kind: 'word-count', points: 1, least: 10 }],
        })),
      ],
    };
    expect(exercisesToHandIn(matrix)).toEqual([first.exercise]);
    const page = renderHandout({ lab: matrix });
    expect(page).toContain(`models/${first.exercise}.keras`);
    expect(page).toContain(`${first.exercise}-reference-`);
  });

  it('shows networks and saving in code where a framework is named, and no code that a question asks for', () => {
    const page = renderHandout({ lab: syntheticLab, frameworks: ['keras', 'pytorch'] });
    expect(page).toContain('nn.Linear(784, 256)');
    expect(page).toContain('layers.Dense(256');
    expect(page).toContain('model.save(&quot;models/');
    expect(page).toContain('torch.save(model.state_dict(), &quot;models/');
    expect(visibleText(page)).toContain('models/mnist-mlp-relu.keras or .pt');
    expect(html).not.toContain('nn.Linear');

    const named: Lab = { ...syntheticLab, frameworks: ['pytorch'] };
    const only = renderHandout({ lab: named });
    expect(only).toContain('nn.Linear(784, 256)');
    expect(only).not.toContain('layers.Dense(');

    const asking: Lab = {
      ...named,
      questions: named.questions.map((question) => ({
        ...question,
        checks: [
          ...question.checks,
          ...(question.exercise === null
            ? []
            : [
                { kind: 'code-topology', points: 1 },
                { kind: 'recipe', points: 1 },
              ]),
        ],
      })),
    };
    const page2 = renderHandout({ lab: asking });
    expect(page2).not.toMatch(/nn\.Linear|torch\.optim/u);
    expect(visibleText(page2)).toContain('asks for this code');
  });

  it('asks for the training log where it is looked at', () => {
    expect(visibleText(html)).toContain('it is not asked for, but with it');
    const [first, ...others] = syntheticLab.questions.filter(({ exercise }) => exercise !== null);
    if (first === undefined) throw new RangeError('a lab without exercises');
    const logs: Lab = {
      ...syntheticLab,
      questions: [
        { ...first, checks: [{ kind: 'history', points: 1 }] },
        ...others.map((question): Question => ({
          ...question,
          checks: [{ kind: 'plot', points: 1 }],
        })),
      ],
    };
    const page = renderHandout({ lab: logs });
    expect(page).toContain(`histories/${first.exercise}.csv`);
    expect(page).not.toContain('.keras`');
    expect(visibleText(page)).toContain(
      `question ${first.number} asks for it, or for the training’s output in your answers`,
    );
  });

  it('lists exercises that no question names without their results', () => {
    const [first, ...rest] = syntheticLab.exercises;
    if (first === undefined) throw new RangeError('a lab without exercises');
    const more = { ...first, id: 'unasked', title: 'Not asked for' };
    const page = renderHandout({ lab: { ...syntheticLab, exercises: [first, ...rest, more] } });
    expect(page).toContain('Not asked for');
    expect(page).not.toContain('id="exercise-unasked"');
  });

  it('has unique ids, runs nothing and loads nothing', () => {
    const { active, handlers, addresses, ids } = inspectHtml(html);
    expect([...active, ...handlers, ...addresses]).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Buffer.byteLength(html)).toBeLessThan(600_000);
  });

  it('is the same, byte for byte, again', () => {
    expect(renderHandout({ lab: syntheticLab, samples: syntheticSamples() })).toBe(html);
  });
});

describe('text of a lab', () => {
  const render = (text: string): string => renderLabText(text).text;

  it('keeps the outline whole, sets formulas, keeps links', () => {
    expect(render('# A\n\n#### B')).toBe('<h3>A</h3>\n<h4>B</h4>\n');
    expect(render('$x^2$')).toContain('class="katex"');
    expect(render('[paper](https://example.org/a)')).toContain(
      '<a href="https://example.org/a">paper</a>',
    );
    expect(render('| a | b |\n|--|--:|\n| 1 | 2 |')).toContain('text-align:right');
    expect(render('```py\nx < 1\n```')).toContain('<pre><code>x &lt; 1\n</code></pre>');
  });

  it('takes no HTML and no other address', () => {
    expect(render('<script>x</script><img src=x onerror=y>')).not.toMatch(/<script|<img/);
    expect(render('[x](javascript:alert(1))')).not.toContain('href');
    expect(render('[x](file:///etc/passwd)')).not.toContain('href');
  });
});
