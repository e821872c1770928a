import { asksFor, exercisesToHandIn } from '@labproof/grader';
import {
  exercisesOf,
  type Framework,
  type Lab,
  MODEL_ENDINGS,
  type Question,
  questionPoints,
} from '@labproof/lab';
import { formatPlural, formatPoints } from '../format.ts';
import { renderGradedBy } from '../parts/answers/graded-by.ts';
import { handoutRole, renderFurtherExercises, renderHandoutExercise } from './handout-exercise.ts';
import { renderSavingCode } from './handout-code.ts';
import { renderLabText } from '../parts/lab-text.ts';
import { html, type Markup } from '../document/markup.ts';
import { renderPage } from '../document/page.ts';
import { type DatasetSamples, renderSamples } from '../parts/models/sample-images.ts';

export interface HandoutInput {
  readonly lab: Lab;
  /** Training images to show, by dataset; one without them is only named. */
  readonly samples?: Readonly<Record<string, DatasetSamples>>;
  /** Where the lab's self-check page is; the address in the lab unless told. */
  readonly selfCheckPage?: string;
  /** A date to print, as it shall read; without it the page has none. */
  readonly date?: string;
  /** In whose code networks and saving are shown: what the lab says unless told; none where it says nothing. */
  readonly frameworks?: readonly Framework[];
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function renderMasthead(lab: Lab, trained: number, date: string | undefined): Markup {
  return html`<p class="eyebrow">
      Lab handout · version ${lab.version}${date !== undefined && ` · ${date}`}
    </p>
    <div>
      <h1>${lab.title}</h1>
      <p class="sub">
        ${formatPlural(lab.questions.length, 'question')}${trained > 0 && `, ${formatPlural(trained, 'network')} to train`}
      </p>
    </div>
    <div class="score">
      <b>${formatPoints(sum(lab.questions.map((question) => questionPoints(question))))}</b>
      <span>points</span>
    </div>`;
}

function renderQuestion(question: Question, lab: Lab): Markup {
  const { id, number, title, prompt } = question;
  const exercises = exercisesOf(question);
  return html`<article class="question" id="${id}">
    <header>
      <div>
        <p class="eyebrow">Question ${number}</p>
        <h3>${title}</h3>
      </div>
      <div class="marks"><b>${formatPlural(questionPoints(question), 'point')}</b></div>
    </header>
    <div class="lab-text">${renderLabText(prompt)}</div>
    ${
      exercises.length > 0 &&
      html`<p class="small muted">
        About
        ${exercises.map((exercise, index) => [
          index > 0 && ' or ',
          html`<a href="#exercise-${exercise}"><span class="mono">${exercise}</span></a>`,
        ])}
      </p>`
    }
    ${renderGradedBy(question, lab)}
  </article>`;
}

/** Whether a history is asked for, and where. */
function historyWords(lab: Lab): Markup {
  const asking = lab.questions.filter((question) => asksFor('history', question));
  if (asking.length === 0) return html`it is not asked for, but with it the`;
  const names = asking.map(({ id, number }, index) => [
    index > 0 && (index === asking.length - 1 ? ' and ' : ', '),
    html`<a href="#${id}">question ${number}</a>`,
  ]);
  return html`${names} ${asking.length === 1 ? 'asks' : 'ask'} for it, or for the training’s output
  in your answers; elsewhere it is not asked for, but with it the`;
}

function modelPaths(id: string, frameworks: readonly Framework[]): string {
  const endings = frameworks.map((framework) => MODEL_ENDINGS[framework]);
  const [first = MODEL_ENDINGS.keras, ...others] = endings;
  return `models/${id}${first}${others.map((ending) => ` or ${ending}`).join('')}`;
}

/** In what other forms models are taken than those that the tree shows. */
function otherModels(frameworks: readonly Framework[]): Markup {
  if (frameworks.length === 0) {
    return html`Models may also be Keras <code>.h5</code> files, PyTorch’s
      <code>torch.save(model.state_dict(), "NAME.pt")</code> with the code of the network, or
      TensorFlow.js folders with a <code>model.json</code>.`;
  }
  return html`${
    frameworks.includes('pytorch') &&
    html`With a <code>.pt</code> file comes the code of its network and of its transforms, in the
      answers or as a <code>.py</code> file: the file does not hold the layers, nor how the pixels
      were scaled. `
  }Models
  may also be
  ${
    frameworks.includes('keras')
      ? html`Keras <code>.h5</code> files, TensorFlow.js folders with a <code>model.json</code>, or
          <code>.onnx</code>.`
      : html`<code>.pth</code>, <code>.safetensors</code> or <code>.onnx</code> files.`
  }`;
}

function renderHandingIn(
  lab: Lab,
  frameworks: readonly Framework[],
  page: string | undefined,
): Markup {
  const models = exercisesToHandIn(lab, 'model');
  const asked = new Set([...models, ...exercisesToHandIn(lab, 'history')]);
  const histories = lab.exercises.map(({ id }) => id).filter((id) => asked.has(id));
  const tree = [
    'answers.md                 one section a question, under "## Question 1" and so on',
    ...models.map((id) => modelPaths(id, frameworks)),
    ...histories.map((id) => `histories/${id}.csv`),
    'plots/                     the pictures that answers.md shows',
  ].join('\n');
  return html`<section id="handing-in">
    <h2>Handing in</h2>
    <p class="lead">One folder, or a zip of it.</p>
    <div class="lab-text">
      <div class="scroll" tabindex="0">
        <pre><code>${tree}</code></pre>
      </div>
      <p>
        A template with every heading in place comes from
        <code>labproof init ${lab.id} DIR</code>. ${models.length > 0 && otherModels(frameworks)}
        ${
          histories.length > 0 &&
          html`A history is a table of the columns epoch, loss, accuracy, val_loss and val_accuracy;
          ${historyWords(lab)} report draws your curve over the ones above.`
        }
      </p>
      ${frameworks.length > 0 && models.length > 0 && renderSavingCode(lab, frameworks)}
      <h3>Before you hand in</h3>
      ${
        page !== undefined &&
        html`<p>
          Look your folder or zip over on the <a href="${page}">self-check page</a> (<span
            class="mono"
            >${page}</span
          >). It works in your browser: nothing is installed, and your files stay on your computer.
          It says what was found for which question, what is missing, what would cost points, and
          how to fix it.
        </p>`
      }
      <p>
        ${page !== undefined && 'Where you have Labproof, the command does the same: '}
        <code>labproof check DIR --lab ${lab.id}</code> looks over your folder or zip as grading
        will: what was found for which question, what is missing, what would cost points, and how to
        fix it. It runs on your computer and sends nothing. It is no grade, and you may run it as
        often as you like. Where your instructor gave you a student edition of this lab, its README
        says how to install the command.
      </p>
      <p>
        Nothing that you hand in is
        run:${
          models.length > 0
            ? ' models and answers are read as data, and every number in your answers is compared with what your own model does.'
            : ' your answers are read as text.'
        }
      </p>
    </div>
  </section>`;
}

function renderSampleFigures(samples: Readonly<Record<string, DatasetSamples>>): Markup[] {
  return Object.entries(samples).flatMap(([id, shown]) => renderSamples(id, shown) ?? []);
}

/**
 * The handout of a lab: introduction, networks with their reference curves, questions with their points, and how to
 * hand in. A complete HTML document that loads nothing and runs nothing. It holds nothing that answers a question:
 * neither rubrics nor results that a document has published.
 */
export function renderHandout(input: HandoutInput): string {
  const {
    lab,
    samples = {},
    date,
    selfCheckPage = lab.selfCheckPage,
    frameworks = lab.frameworks ?? [],
  } = input;
  const named = lab.exercises.filter((exercise) => handoutRole(exercise, lab) !== 'further');
  const networks = named.length === 1 ? 'The network' : 'The networks';
  const sections = [
    ['introduction', 'Introduction'],
    // A lab that is answered in words alone has none.
    ...(lab.exercises.length === 0 ? [] : [['networks', networks] as const]),
    ['questions', 'Questions'],
    ['handing-in', 'Handing in'],
  ] as const;
  return renderPage({
    title: lab.title,
    footer: `${lab.title} · version ${lab.version}`,
    header: renderMasthead(lab, named.length, date),
    main: html`<nav class="contents" aria-label="Contents">
        <ul>
          ${sections.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
        </ul>
      </nav>
      <section id="introduction">
        <h2>Introduction</h2>
        ${renderSampleFigures(samples)}
        <div class="lab-text">${renderLabText(lab.introduction)}</div>
      </section>
      ${
        lab.exercises.length > 0 &&
        html`<section id="networks">
          <h2>${networks}</h2>
          ${named.map((exercise) => renderHandoutExercise(exercise, lab, frameworks))}
          ${renderFurtherExercises(lab)}
        </section>`
      }
      <section id="questions">
        <h2>Questions</h2>
        ${lab.questions.map((question) => renderQuestion(question, lab))}
      </section>
      ${renderHandingIn(lab, frameworks, selfCheckPage)}`,
  });
}
