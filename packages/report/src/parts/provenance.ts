import { boundOrigin, operatingCurveText } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import type { Grade } from '@labproof/grader';
import { formatPercent } from '../format.ts';
import { html, type Markup } from '../document/markup.ts';
import { digest } from './digest.ts';
import { oneLine } from './answers/student-text.ts';

/** A path as one word of a shell command; whatever a shell could take for its own is quoted. */
export function shellWord(text: string): string {
  const plain = oneLine(text);
  return /^[\w./-]+$/.test(plain) && !plain.startsWith('-')
    ? plain
    : `'${plain.replace(/'/g, `'\\''`)}'`;
}

/** `seeds 1 to 20`, or all of them where they do not follow each other. */
function seedText(seeds: readonly number[]): string {
  const [first = 0, ...others] = seeds;
  const inARow = others.length > 1 && others.every((seed, index) => seed === first + index + 1);
  return inARow ? `seeds ${first} to ${first + others.length}` : `seeds ${seeds.join(', ')}`;
}

const command = (text: string): Markup => html`<code class="command">${text}</code>`;

/** Versions, digests and commands with which anybody can get every number of a report again. */
export function renderProvenance(grade: Grade, lab: Lab): Markup {
  const { labproof, arithmetic, submissionDigest, dataDigests } = grade.provenance;
  const used = new Set(grade.models.map(({ exercise }) => exercise));
  const exercises = lab.exercises.filter(({ id }) => used.has(id));
  const evaluations = grade.models
    .filter(({ refused }) => refused === null)
    .map(({ path, evaluation }) =>
      command(
        `labproof inspect ${shellWord(path)}${evaluation === null ? '' : ` --dataset ${evaluation.dataset} --scale ${evaluation.scale}`}`,
      ),
    );
  const trainings = exercises.flatMap(({ id, bands }) =>
    bands === null
      ? []
      : [
          command(
            `labproof run ${grade.lab.id}/${id} --trials ${bands.n} --seed ${bands.seeds[0] ?? 1}`,
          ),
        ],
  );
  const again = command(
    lab.edition === 'student'
      ? `labproof check SUBMISSION --lab ${grade.lab.id}`
      : `labproof grade SUBMISSION --lab ${grade.lab.id} --out DIR`,
  );
  return html`<section id="provenance">
    <h2>Where every number comes from</h2>
    <dl class="provenance">
      <dt>Lab</dt>
      <dd>${grade.lab.id}, version ${grade.lab.version}</dd>
      <dt>Labproof</dt>
      <dd>${labproof}, arithmetic ${arithmetic}</dd>
      ${
        submissionDigest !== '' &&
        html`<dt>Submission</dt>
          <dd>${digest(submissionDigest)}</dd>`
      }
      ${Object.entries(dataDigests).map(
        ([name, hash]) =>
          html`<dt>Data ${name}</dt>
            <dd>${digest(hash)}</dd>`,
      )}
      ${exercises.map(({ id, bands }) =>
        bands === null
          ? lab.edition !== 'student' &&
            html`<dt>Bands ${id}</dt>
              <dd>not measured yet</dd>`
          : html`<dt>Bands ${id}</dt>
              <dd>
                ${bands.n} trials, ${seedText(bands.seeds)}; lower bound
                ${formatPercent(bands.test.accuracyLower.value, 3)}
                (${boundOrigin(bands.test.accuracyLower, 3)})${
                  bands.operatingCurve !== undefined &&
                  html`, which ${operatingCurveText(bands.operatingCurve, { intervals: 'honest' })}
                  reach`
                }${bands.length === 'quick' && ', shortened run'};
                recipe ${digest(bands.recipeHash)}
              </dd>`,
      )}
      <dt>${lab.edition === 'student' ? 'Check' : 'Grade'} this again</dt>
      <dd>${again}</dd>
      ${
        evaluations.length > 0 &&
        html`<dt>Evaluate the models again</dt>
          <dd>${evaluations}</dd>`
      }
      ${
        trainings.length > 0 &&
        html`<dt>Train the references again</dt>
          <dd>${trainings}</dd>`
      }
    </dl>
  </section>`;
}
