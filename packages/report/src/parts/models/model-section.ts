import type { Exercise, Lab } from '@labproof/lab';
import { describeNormalization } from '@labproof/submission';
import type { Evaluation, Grade, ModelReading } from '@labproof/grader';
import {
  decimalsThatSeparate,
  formatCount,
  formatFixed,
  formatPercent,
  formatPlural,
} from '../../format.ts';
import { drawAccuracyStrip } from '../../plots/accuracy-strip.ts';
import { confusedPairs, drawConfusionMatrix, needsWidth } from '../../plots/confusion-matrix.ts';
import type { TestImage } from '../../plots/digit-sprite.ts';
import { drawTrainingCurves } from '../../plots/training-curves.ts';
import { renderArchitecture } from './architecture.ts';
import { callout } from '../callout.ts';
import { digest as shortDigest } from '../digest.ts';
import { chartFigure, legend } from '../figure.ts';
import { html, type Markup } from '../../document/markup.ts';
import { renderMisclassified } from './misclassified.ts';
import { drawNetwork } from './network-drawing.ts';
import { oneLine } from '../answers/student-text.ts';

const FORMATS: Readonly<Record<ModelReading['format'], string>> = {
  'tfjs-layers-model': 'TensorFlow.js layers model',
  'keras-h5': 'Keras HDF5',
  'keras-v3': 'Keras 3',
  pytorch: 'PyTorch',
  safetensors: 'safetensors',
  onnx: 'ONNX',
  'saved-model': 'SavedModel',
  tflite: 'TensorFlow Lite',
  pickle: 'pickle',
  numpy: 'NumPy',
  'core-ml': 'Core ML',
  'tf-checkpoint': 'TensorFlow checkpoint',
  'r-object': 'R objects',
  matlab: 'MATLAB',
  'other-framework': 'another framework',
};

export interface ModelContext {
  readonly lab: Lab;
  /** Names of the classes of a dataset; where they are not given, classes are called by their number. */
  readonly classes: Readonly<Record<string, readonly string[]>>;
  readonly images: Readonly<Record<string, readonly TestImage[]>>;
}

function classNames(evaluation: Evaluation, context: ModelContext): readonly string[] {
  return (
    context.classes[evaluation.dataset] ?? evaluation.confusion.map((_, label) => String(label))
  );
}

function renderTiles(model: ModelReading, exercise: Exercise | null): Markup | null {
  const { evaluation, parameters } = model;
  if (evaluation === null) return null;
  const bound = exercise?.bands?.test.accuracyLower ?? null;
  const decimals =
    bound === null ? 2 : decimalsThatSeparate(evaluation.accuracy, bound.value, 'accuracy');
  return html`<dl class="tiles">
    <div>
      <dt>
        test
        accuracy${bound !== null && html`, at least ${formatPercent(bound.value, decimals)} expected`}
      </dt>
      <dd>${formatPercent(evaluation.accuracy, decimals)}</dd>
    </div>
    <div>
      <dt>test loss</dt>
      <dd>${formatFixed(evaluation.loss, 4)}</dd>
    </div>
    <div>
      <dt>test images misclassified</dt>
      <dd>${formatCount(evaluation.misclassified)}</dd>
    </div>
    ${
      model.hidden !== undefined &&
      html`<div>
        <dt>accuracy on hidden images</dt>
        <dd>${formatPercent(model.hidden.accuracy)}</dd>
      </div>`
    }
    ${
      parameters !== null &&
      html`<div>
        <dt>parameters</dt>
        <dd>${formatCount(parameters)}</dd>
      </div>`
    }
  </dl>`;
}

/** Why a grading has a number that a self-check has not. */
function renderHidden({ evaluation, hidden }: ModelReading): Markup | null {
  if (evaluation === null || hidden === undefined) return null;
  return html`<p class="small">
    <b>Hidden images.</b> The model was also tried on ${formatCount(hidden.images)} test images that
    were shifted, turned, lit otherwise and given noise, drawn from a secret. A self-check does not
    have them. A model that sees what is in an image makes somewhat more mistakes there (here
    ${formatCount(hidden.misclassified)} instead of ${formatCount(evaluation.misclassified)}); one
    that knows the test images by heart makes very many more.
    ${hidden.implausible ? 'Here the difference is so large that it needs manual grading. ' : ''}No
    points depend on it.
  </p>`;
}

function renderCurves(model: ModelReading, exercise: Exercise | null): Markup {
  const bands = exercise?.bands ?? null;
  if (model.history === null) {
    return html`<div>
      <h4>Training</h4>
      <p>
        No training history was handed in for this model, so there is no curve to draw. A file
        <span class="mono">history.csv</span> or <span class="mono">history.json</span> beside the
        model is enough.
      </p>
    </div>`;
  }
  const charts = drawTrainingCurves({
    id: `${model.exercise}-curve`,
    history: model.history,
    bands,
  });
  return html`<div class="stack">
    <h4>Training</h4>
    ${legend([
      ['yours', 'this submission'],
      ...(bands === null
        ? []
        : ([
            ['mean', `mean of ${formatPlural(bands.n, 'reference trial')}`],
            ['band', 'their range; darker, the middle 90 %'],
          ] as const)),
    ])}
    <div class="plots curves">${charts.map((chart) => chartFigure(chart))}</div>
  </div>`;
}

function renderEvaluation(
  model: ModelReading,
  evaluation: Evaluation,
  exercise: Exercise | null,
  context: ModelContext,
): Markup {
  const bands = exercise?.bands ?? null;
  const classes = classNames(evaluation, context);
  const name = (label: number): string => classes[label] ?? String(label);
  const strip =
    bands === null
      ? null
      : drawAccuracyStrip({
          id: `${model.exercise}-strip`,
          trials: bands.trials.map(({ accuracy }) => accuracy),
          bound: bands.test.accuracyLower,
          marked: [{ label: 'This model', value: evaluation.accuracy }],
          markedName: 'models',
        });
  const matrix = drawConfusionMatrix({
    id: `${model.exercise}-confusion`,
    confusion: evaluation.confusion,
    classes,
  });
  const pairs = confusedPairs(evaluation.confusion, 5);
  const mistakes = html`${
    pairs.length > 0 &&
    html`<p>Most frequent mistakes</p>
      <ol>
        ${pairs.map(
          ({ label, predicted, count }) =>
            html`<li>
              <b>${name(label)}</b> read as <b>${name(predicted)}</b>:
              ${formatPlural(count, 'time')}
            </li>`,
        )}
      </ol>`
  }`;
  const misclassified = renderMisclassified({
    id: model.exercise,
    evaluation,
    images: context.images[model.exercise] ?? [],
    classes,
  });
  return html`<div class="stack">
      <h4>On the test set</h4>
      ${
        strip !== null &&
        legend([
          ['trial', 'a reference trial'],
          ['bound', 'lower tolerance bound'],
          ['value', 'this model'],
        ])
      }
      <div class="plots">
        ${strip !== null && chartFigure(strip, html`<p>${strip.description}${bands?.length === 'quick' ? ' These bands come from a shortened run and are for demonstration only.' : ''}</p>`)}${chartFigure(matrix, mistakes, needsWidth(evaluation.confusion.length) ? 'whole' : 'beside')}
      </div>
    </div>
    ${
      misclassified !== null &&
      html`<div class="stack">
        <h4>Misclassified, most confident first</h4>
        ${misclassified}
      </div>`
    }`;
}

/** The network as handed in; folded where it is the one that the lab asks for, since there is nothing to see then. */
function renderLayers(model: ModelReading, exercise: Exercise | null): Markup | null {
  const { layers } = model;
  if (layers.length === 0) return null;
  const recipe = exercise?.recipe ?? null;
  const drawing = drawNetwork(layers, recipe?.inputShape ?? null, `${model.exercise}-network`);
  const table = renderArchitecture(
    layers,
    recipe,
    `Layers of ${exercise?.title ?? model.exercise}`,
  );
  const isAsked = recipe !== null && !table.text.includes('class="differs"');
  if (!isAsked) {
    return html`<div class="stack">
      <h4>Layers</h4>
      ${drawing}${table}
    </div>`;
  }
  return html`<details class="layers">
    <summary><h4>Layers: those that the lab asks for</h4></summary>
    <div class="stack">${drawing}${table}</div>
  </details>`;
}

/** How the pixels were scaled, and how that was found out. */
function describeInputs(inputs: NonNullable<Evaluation['inputs']>): string {
  const { from, tried, images } = inputs;
  const way = describeNormalization(inputs);
  if (from === 'code' && tried === 1) return `${way}, as the code says.`;
  const ways = from === 'code' ? 'that the code says' : 'that are usual';
  return `the file does not say how the pixels were scaled; of ${formatPlural(tried, 'way')} ${ways}, ${way} gives the smallest loss on the first ${formatCount(images)} test images, and counts.`;
}

function renderModel(model: ModelReading, context: ModelContext): Markup {
  const exercise = context.lab.exercises.find(({ id }) => id === model.exercise) ?? null;
  const { refused, evaluation, digest } = model;
  const title = exercise?.title ?? model.exercise;
  return html`<article class="model" id="model-${model.exercise}">
    <header>
      <h3>${title}</h3>
      <p class="muted small">
        <span class="mono">${model.exercise}</span> · ${FORMATS[model.format]} ·
        <span class="mono">${oneLine(model.path)}</span>
      </p>
    </header>
    ${
      refused !== null &&
      callout(
        'refused',
        'This model could not be read.',
        html`<p>${refused.message}</p>
          <p><b>What to do:</b> ${refused.fix}</p>`,
      )
    }
    ${renderTiles(model, exercise)}${renderHidden(model)} ${renderLayers(model, exercise)}
    ${refused === null && renderCurves(model, exercise)}
    ${
      model.notes !== undefined &&
      html`<p class="small">
        <b>How it was read:</b> ${model.notes.map((note) => oneLine(note, 400)).join('; ')}.
      </p>`
    }
    ${evaluation?.inputs !== undefined && html`<p class="small"><b>Inputs:</b> ${describeInputs(evaluation.inputs)}</p>`}
    ${evaluation?.evaluatedBy !== undefined && html`<p>Evaluated by ${oneLine(evaluation.evaluatedBy, 120)}.</p>`}
    ${evaluation !== null && renderEvaluation(model, evaluation, exercise, context)}
    ${digest !== null && html`<p class="muted small">SHA-256 of the weights ${shortDigest(digest)}</p>`}
  </article>`;
}

/** What was measured of the models that a question is about, for its reader: numbers and the curves over the band. */
export function renderModelFacts(grade: Grade, lab: Lab, exercises: readonly string[]): Markup[] {
  return grade.models
    .filter(({ exercise }) => exercises.includes(exercise))
    .map((model) => {
      const exercise = lab.exercises.find(({ id }) => id === model.exercise) ?? null;
      return html`<div class="stack">
        <h4>${exercise?.title ?? model.exercise}</h4>
        ${model.refused !== null && callout('refused', 'This model could not be read.', model.refused.message)}
        ${renderTiles(model, exercise)} ${model.refused === null && renderCurves(model, exercise)}
      </div>`;
    });
}

/** The submitted models, one after the other, beside the reference trials of their exercises. */
export function renderModels(grade: Grade, context: ModelContext): Markup | null {
  if (grade.models.length === 0) return null;
  return html`<section id="models">
    <h2>The models</h2>
    <p class="lead">
      Read as data and evaluated on the test set; no code of a submission is ever run.
    </p>
    ${grade.models.map((model) => renderModel(model, context))}
  </section>`;
}
