import { planModel, type Recipe } from '@labproof/core';
import { operatingCurveText } from '@labproof/core/statistics';
import { asksFor, checkKinds } from '@labproof/grader';
import {
  type Exercise,
  exercisesOf,
  type Framework,
  isOpenExercise,
  type Lab,
  type Question,
} from '@labproof/lab';
import { formatCount, formatPlural } from '../format.ts';
import { drawAccuracyStrip } from '../plots/accuracy-strip.ts';
import { drawTrainingCurves } from '../plots/training-curves.ts';
import { renderArchitecture } from '../parts/models/architecture.ts';
import { chartFigure, legend } from '../parts/figure.ts';
import { passMark } from '../parts/answers/graded-by.ts';
import { html, type Markup } from '../document/markup.ts';
import { drawNetwork } from '../parts/models/network-drawing.ts';
import { renderRecipe } from '../parts/models/recipe.ts';
import { renderExerciseCode } from './handout-code.ts';

/**
 * What a handout may show of an exercise.
 * - `prescribed`: students train this very network, so it is drawn in full.
 * - `open`: they design one, and it is measured; the lab's own would be an answer.
 * - `further`: no question names it; the lab trains it to check itself.
 */
export type HandoutRole = 'prescribed' | 'open' | 'further';

function questionsAbout({ id }: Exercise, lab: Lab): Question[] {
  return lab.questions.filter((question) => exercisesOf(question).includes(id));
}

export function handoutRole(exercise: Exercise, lab: Lab): HandoutRole {
  const questions = questionsAbout(exercise, lab);
  if (questions.length === 0) return 'further';
  return isOpenExercise(exercise, lab, checkKinds) ? 'open' : 'prescribed';
}

/** Labs of more networks than these show accuracies only. */
const SHORTER_ABOVE = 4;

/** Reference curves, where a model is handed in to be held against them; where the curves are the task, none. */
function renderReference(exercise: Exercise, lab: Lab): Markup | null {
  const { id, bands } = exercise;
  const measured = questionsAbout(exercise, lab).some((question) => asksFor('model', question));
  if (bands === null || !measured) return null;
  const all = drawTrainingCurves({ id: `${id}-reference`, history: null, bands });
  const curves =
    lab.exercises.length > SHORTER_ABOVE
      ? all.filter((chart) => chart.id.endsWith('accuracy'))
      : all;
  const strip = drawAccuracyStrip({
    id: `${id}-final`,
    trials: bands.trials.map(({ accuracy }) => accuracy),
    bound: bands.test.accuracyLower,
    marked: [],
    markedName: 'trials',
  });
  return html`<div class="stack">
    <h4>What to expect</h4>
    <p>
      The lab trained this network ${formatCount(bands.n)} times, each time from other random
      weights. Your run should look like
      these${bands.length === 'quick' && '; these come from a shortened run and are for demonstration only'}.${bands.operatingCurve !== undefined && html` The pass mark is reached by ${operatingCurveText(bands.operatingCurve, { intervals: 'honest' })} (sd: the standard deviation of runs).`}
    </p>
    ${legend([
      ['mean', `mean of ${formatPlural(bands.n, 'run')}`],
      ['band', 'their range; darker, the middle 90 %'],
      ['trial', 'one run'],
      ['bound', 'the pass mark'],
    ])}
    <div class="plots curves">
      ${curves.map((chart) => chartFigure(chart))}${chartFigure(strip)}
    </div>
  </div>`;
}

function renderLayers(recipe: Recipe, id: string, title: string): Markup {
  const plan = planModel(recipe.model);
  const configs = recipe.model.layers.filter(({ class_name }) => class_name !== 'InputLayer');
  const layers = plan.layers.map(({ className, name, outputShape, parameters }, index) => ({
    class: className,
    name,
    config: configs[index]?.config ?? {},
    outputShape: [...outputShape],
    parameters,
  }));
  return html`${drawNetwork(layers, recipe.inputShape, `${id}-network`)}${renderArchitecture(layers, null, `Layers of ${title}`, 'What it does')}`;
}

/** Layers by what they compute, whatever they are called. */
function structure({ model }: Recipe): string {
  return JSON.stringify(
    model.layers.map(({ class_name, config }) => ({ class_name, config: { ...config, name: '' } })),
  );
}

/** An exercise further up with the same layers. */
function drawnBefore(exercise: Exercise, lab: Lab): Exercise | null {
  const same = prescribedBefore(exercise, lab).find(
    (other) => structure(other.recipe) === structure(exercise.recipe),
  );
  return same ?? null;
}

/** Networks further up that are drawn in full. */
function prescribedBefore(exercise: Exercise, lab: Lab): Exercise[] {
  const before = lab.exercises.slice(0, lab.exercises.indexOf(exercise));
  return before.filter((other) => handoutRole(other, lab) === 'prescribed');
}

function renderPrescribed(exercise: Exercise, lab: Lab, frameworks: readonly Framework[]): Markup {
  const { id, title, recipe } = exercise;
  const before = drawnBefore(exercise, lab);
  return html`${
      before === null
        ? renderLayers(recipe, id, title)
        : html`<p>
            The layers are those of
            <a href="#exercise-${before.id}"><span class="mono">${before.id}</span></a
            >.
          </p>`
    }
    <div class="stack">
      <h4>How it is trained</h4>
      ${renderRecipe(recipe, { layers: false })}
    </div>
    ${
      frameworks.length > 0 &&
      renderExerciseCode(exercise, lab, frameworks, prescribedBefore(exercise, lab))
    }
    ${renderReference(exercise, lab)}`;
}

function renderOpen(exercise: Exercise, lab: Lab): Markup {
  const mark = passMark(questionsAbout(exercise, lab), lab);
  return html`<p>
    This network is yours to design, on the data ${exercise.recipe.dataset}. What counts is what it
    reaches on the test set${mark !== null && `: ${mark}`}.
  </p>`;
}

/** A network of the lab: what students train, drawn in full, or the task of designing one. */
export function renderHandoutExercise(
  exercise: Exercise,
  lab: Lab,
  frameworks: readonly Framework[],
): Markup {
  const { id, recipe } = exercise;
  const open = handoutRole(exercise, lab) === 'open';
  const questions = questionsAbout(exercise, lab);
  // The title of an open exercise tells how the lab's own network is built.
  const title = open ? (questions[0]?.title ?? id) : exercise.title;
  const count = open ? null : planModel(recipe.model).parameters;
  return html`<article class="model handout" id="exercise-${id}">
    <header>
      <h3>${title}</h3>
      <p class="muted small">
        <span class="mono">${id}</span>${count !== null && ` · ${formatCount(count)} parameters`} ·
        ${questions.length === 1 ? 'question' : 'questions'}
        ${questions.map((question, index) => [index > 0 && ', ', html`<a href="#${question.id}">${question.number}</a>`])}
      </p>
    </header>
    ${open ? renderOpen(exercise, lab) : renderPrescribed(exercise, lab, frameworks)}
  </article>`;
}

/** Networks that no question names, in a table. */
export function renderFurtherExercises(lab: Lab): Markup | null {
  const further = lab.exercises.filter((exercise) => handoutRole(exercise, lab) === 'further');
  if (further.length === 0) return null;
  return html`<article class="model handout" id="further">
    <h3>Further networks that the lab knows</h3>
    <div class="scroll" role="region" aria-label="Further networks" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Name</th>
            <th scope="col" class="right">Parameters</th>
          </tr>
        </thead>
        <tbody>
          ${further.map(
            ({ id, title, recipe }) =>
              html`<tr>
                <td>${title}</td>
                <td class="mono">${id}</td>
                <td class="right num">${formatCount(planModel(recipe.model).parameters)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </article>`;
}
