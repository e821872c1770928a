import { checkKinds, exercisesToHandIn } from '@labproof/grader';
import {
  codeAsked,
  type Exercise,
  type Framework,
  FRAMEWORK_NAMES,
  type Lab,
  type Question,
  type RecipeCode,
  recipeCode,
} from '@labproof/lab';
import { html, type Markup } from '../document/markup.ts';

/** Pieces of code by what they do; each is shown once on the page. */
type Piece = Exclude<keyof RecipeCode, 'imports' | 'leftOut' | 'saving'>;

const PIECES: readonly (readonly [Piece, string])[] = [
  ['data', 'The images'],
  ['network', 'The network'],
  ['settings', 'Its training'],
  ['training', 'The loop'],
];

/** Code in a frame that scrolls by itself. */
function codeBlock(text: string, label: string): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <pre><code>${text}</code></pre>
  </div>`;
}

function askedFor(piece: Piece, exercise: Exercise, lab: Lab): Question | null {
  const asked = codeAsked(exercise, lab, checkKinds);
  if (piece === 'network') return asked.network;
  return piece === 'settings' ? asked.training : null;
}

/**
 * A prescribed network in code, the frameworks side by side; what a question asks for is left to its students, and what
 * stands further up on the page is not repeated.
 */
export function renderExerciseCode(
  exercise: Exercise,
  lab: Lab,
  frameworks: readonly Framework[],
  shownBefore: readonly Exercise[],
): Markup {
  return html`<div class="stack">
    <h4>In code</h4>
    <div class="excerpts lab-text">
      ${frameworks.map((framework) => renderIn(framework, exercise, lab, shownBefore))}
    </div>
  </div>`;
}

function renderIn(
  framework: Framework,
  exercise: Exercise,
  lab: Lab,
  shownBefore: readonly Exercise[],
): Markup {
  const name = FRAMEWORK_NAMES[framework];
  const code = recipeCode(exercise, framework);
  return html`<div>
    <p><b>${name}</b></p>
    ${PIECES.map(([piece, title]) => {
      const text = code[piece];
      if (text === '' || text === null) return null;
      const question = askedFor(piece, exercise, lab);
      if (question !== null) {
        return html`<p class="small muted">
          ${title}:
          <a href="#${question.id}">question ${question.number}</a> asks for this code.
        </p>`;
      }
      const before = shownBefore.find(
        (other) =>
          askedFor(piece, other, lab) === null && recipeCode(other, framework)[piece] === text,
      );
      return before === undefined
        ? codeBlock(text, `${exercise.id} in ${name}: ${title}`)
        : html`<p class="small muted">
            ${title}: as for
            <a href="#exercise-${before.id}"><span class="mono">${before.id}</span></a
            >.
          </p>`;
    })}
    ${code.leftOut.map(
      (sentence) => html`<p class="small muted">Not in this code: ${sentence}</p>`,
    )}
  </div>`;
}

/** How model and history are saved, for the first network that is asked for; the others differ by their name. */
export function renderSavingCode(lab: Lab, frameworks: readonly Framework[]): Markup | null {
  const models = exercisesToHandIn(lab, 'model');
  const first = lab.exercises.find(({ id }) => models.includes(id));
  if (first === undefined) return null;
  return html`<h3>Saving a model and its history</h3>
    <p>
      After training <span class="mono">${first.id}</span>; a folder with programs to start from
      comes from
      <code
        >labproof init ${lab.id} DIR --framework
        ${frameworks.length > 1 ? 'both' : (frameworks[0] ?? '')}</code
      >.
    </p>
    <div class="excerpts">
      ${frameworks.map((framework) => {
        const name = FRAMEWORK_NAMES[framework];
        const { saving } = recipeCode(first, framework);
        return html`<div>
          <p><b>${name}</b></p>
          ${codeBlock(saving, `Saving in ${name}`)}
        </div>`;
      })}
    </div>`;
}
