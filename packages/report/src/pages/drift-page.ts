import type { Lab } from '@labproof/lab';
import { formatPlural } from '../format.ts';
import type { Night, NightExercise, NightVerdict } from '../night.ts';
import { drawDriftCurve, type DriftPoint } from '../plots/drift-curve.ts';
import { sameDate, type Standing, standingOf, wordOf } from '../standing.ts';
import { chartFigure, legend } from '../parts/figure.ts';
import { html, type Markup } from '../document/markup.ts';
import { badge } from '../parts/answers/outcome-badge.ts';
import { renderPage } from '../document/page.ts';
import { oneLine } from '../parts/answers/student-text.ts';
import {
  loudest,
  VERDICT_WORDS,
  VERDICTS,
  verdictOutcome,
  worstVerdict,
} from '../parts/answers/verdict.ts';

export interface DriftPageInput {
  /** In any order; of two results for an exercise on one date the later one in the list counts. */
  readonly nights: readonly Night[];
  /** Give exercises their titles; one that no lab holds any more is called by its name. */
  readonly labs: readonly Lab[];
}

/** More nights than these do not fit beside one another; older ones still count in the charts. */
const CALENDAR_NIGHTS = 35;
/** More remarks than these nobody reads. */
const MOST_REMARKS = 20;

const key = ({ lab, exercise }: NightExercise): string => `${lab}/${exercise}`;

/** One night a date, oldest first; what was run in several goes on one date is put together. */
function inOrder(nights: readonly Night[]): Night[] {
  const byDate = new Map<string, Map<string, ReturnType<typeof wordOf>>>();
  for (const night of nights) {
    const known = byDate.get(night.date) ?? new Map<string, ReturnType<typeof wordOf>>();
    for (const exercise of night.exercises) {
      const word = wordOf(night, exercise);
      const before = known.get(key(exercise));
      if (before !== undefined && worstVerdict(exercise) === 'not-run') continue;
      known.set(key(exercise), before === undefined ? word : sameDate(before, word));
    }
    byDate.set(night.date, known);
  }
  return [...byDate]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, words]) => {
      const exercises = [...words.values()].map(({ exercise }) => exercise);
      return { date, verdict: loudest(exercises.map((one) => worstVerdict(one))), exercises };
    });
}

/** What is still red from nights before the last one; a quick night that is quiet says nothing of it. */
function renderOpen(
  { open, lastFull }: Standing,
  last: Night,
  labs: readonly Lab[],
): Markup | null {
  const older = open.filter(({ date }) => date !== last.date);
  if (older.length === 0) return null;
  return html`<section id="open">
    <h2>Still open</h2>
    <p class="lead">
      Found in an earlier night and not looked at in full
      since${lastFull !== null && html` (the last full night: ${lastFull})`}. A quick night trains a
      short prefix alone; <span class="mono">labproof verify --full</span> decides.
    </p>
    <ul class="alerts">
      ${older.map(
        ({ date, exercise, verdict }) =>
          html`<li class="${verdictOutcome(verdict)}">
            <span>${verdictBadge(verdict)} <b>${date}</b> ${titleOf(key(exercise), labs)}</span
            >${exercise.details.slice(0, 6).map((detail) => html`<span>${oneLine(detail, 400)}</span>`)}
          </li>`,
      )}
    </ul>
  </section>`;
}

function verdictBadge(verdict: NightVerdict): Markup {
  return badge(verdictOutcome(verdict), VERDICT_WORDS[verdict].name);
}

function titleOf(id: string, labs: readonly Lab[]): Markup {
  const [labId = '', exerciseId = ''] = id.split('/');
  const exercise = labs
    .find((lab) => lab.id === labId)
    ?.exercises.find((candidate) => candidate.id === exerciseId);
  return html`${exercise !== undefined && html`<b>${exercise.title}</b><br />`}<span class="mono"
      >${oneLine(id, 120)}</span
    >`;
}

function renderLastNight(last: Night, labs: readonly Lab[]): Markup {
  return html`<section id="last">
    <h2>The last night, ${last.date}</h2>
    <div class="scroll" role="region" aria-label="The last night" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Exercise</th>
            <th scope="col">Calibration</th>
            <th scope="col">Identity</th>
            <th scope="col">Evaluation</th>
            <th scope="col">Fixed seeds</th>
            <th scope="col">Fresh seeds</th>
          </tr>
        </thead>
        <tbody>
          ${last.exercises.map(
            (exercise) =>
              html`<tr>
                <td>${titleOf(key(exercise), labs)}</td>
                <td>${verdictBadge(exercise.calibration ?? 'not-run')}</td>
                <td>${verdictBadge(exercise.identity)}</td>
                <td>${verdictBadge(exercise.evaluation ?? 'not-run')}</td>
                <td>${verdictBadge(exercise.fixedSeeds)}</td>
                <td>${verdictBadge(exercise.freshSeeds)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** Months over the columns of their nights. */
function monthCells(nights: readonly Night[]): Markup[] {
  const months = new Map<string, number>();
  for (const { date } of nights) {
    const month = date.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  return [...months].map(
    ([month, count]) => html`<th scope="colgroup" colspan="${count}">${month}</th>`,
  );
}

function renderCalendar(nights: readonly Night[], ids: readonly string[]): Markup {
  const shown = nights.slice(-CALENDAR_NIGHTS);
  return html`<section id="nights">
    <h2>Night by night</h2>
    <p class="lead">The worst verdict on each exercise.</p>
    <div class="scroll" role="region" aria-label="Night by night" tabindex="0">
      <table class="calendar">
        <thead>
          <tr>
            <td rowspan="2"></td>
            ${monthCells(shown)}
          </tr>
          <tr>
            ${shown.map(({ date }) => html`<th scope="col">${date.slice(8)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${ids.map(
            (id) =>
              html`<tr>
                <th scope="row">
                  <span class="mono">${oneLine(id.split('/')[1] ?? id, 60)}</span>
                </th>
                ${shown.map((night) => {
                  const found = night.exercises.find((exercise) => key(exercise) === id);
                  const verdict = found === undefined ? 'not-run' : worstVerdict(found);
                  const { name, mark } = VERDICT_WORDS[verdict];
                  return html`<td class="${verdictOutcome(verdict)}">
                    <span aria-hidden="true">${mark}</span><span class="hidden">${name}</span>
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <ul class="legend">
      ${VERDICTS.map(
        (verdict) =>
          html`<li>
            <span class="cell ${verdictOutcome(verdict)}" aria-hidden="true"
              >${VERDICT_WORDS[verdict].mark}</span
            >
            ${VERDICT_WORDS[verdict].name}
          </li>`,
      )}
    </ul>
  </section>`;
}

function renderDrift(nights: readonly Night[], ids: readonly string[]): Markup | null {
  const charts = ids.flatMap((id, index) => {
    const points = nights.flatMap((night): DriftPoint[] => {
      const found = night.exercises.find((exercise) => key(exercise) === id);
      if (found?.measured === undefined || found.measured.sd <= 0) return [];
      const { change, sd } = found.measured;
      return [{ date: night.date, change: change / sd, moved: found.fixedSeeds !== 'ok' }];
    });
    return points.length === 0
      ? []
      : [
          drawDriftCurve({
            id: `drift-${index + 1}`,
            title: oneLine(id.split('/')[1] ?? id, 60),
            points,
          }),
        ];
  });
  if (charts.length === 0) return null;
  return html`<section id="drift">
    <h2>How far from the calibration</h2>
    <p class="lead">
      Mean test accuracy of the calibrated seeds, minus what they had, in standard deviations of the
      calibration.
    </p>
    <div class="stack">
      ${legend([
        ['trial', 'a night'],
        ['value', 'a night that drifted'],
        ['band', 'what is allowed'],
      ])}
      <div class="plots curves">
        ${charts.map((chart) => chartFigure(chart, html`<p>${chart.description}</p>`))}
      </div>
    </div>
  </section>`;
}

/** What was said about exercises in nights that were not quiet, the latest first. */
function renderRemarks(nights: readonly Night[]): Markup | null {
  const remarks = nights.toReversed().flatMap(({ date, exercises }) =>
    exercises.flatMap((exercise) => {
      const verdict = worstVerdict(exercise);
      return verdict === 'drifted' || verdict === 'broken' ? [{ date, exercise, verdict }] : [];
    }),
  );
  if (remarks.length === 0) return null;
  const left = remarks.length - MOST_REMARKS;
  return html`<section id="remarks">
    <h2>Nights that were not quiet</h2>
    <ul class="alerts">
      ${remarks.slice(0, MOST_REMARKS).map(
        ({ date, exercise, verdict }) =>
          html`<li class="${verdictOutcome(verdict)}">
            <span
              >${verdictBadge(verdict)} <b>${date}</b>
              <span class="mono">${oneLine(key(exercise), 120)}</span></span
            >${exercise.details.slice(0, 6).map((detail) => html`<span>${oneLine(detail, 400)}</span>`)}
          </li>`,
      )}
    </ul>
    ${left > 0 && html`<p class="muted">and ${formatPlural(left, 'older one')}.</p>`}
  </section>`;
}

function renderMeanings(): Markup {
  return html`<section id="reading">
    <h2>How to read this page</h2>
    <dl class="meanings">
      ${VERDICTS.map(
        (verdict) =>
          html`<dt>${verdictBadge(verdict)}</dt>
            <dd>${VERDICT_WORDS[verdict].meaning}</dd>`,
      )}
    </dl>
    <div class="prose" style="margin-top:1.2rem">
      <p>
        <b>Identity.</b> Training from a calibrated seed gives the same weights, bit for bit. It
        breaks with a changed recipe, changed data or another version of the arithmetic.
      </p>
      <p>
        <b>Fixed seeds.</b> The calibrated seeds still reach what they reached: their mean stays
        within one standard deviation.
      </p>
      <p>
        <b>Fresh seeds.</b> Seeds that nobody has tried reach the pass mark, judged by a sequential
        test, so that a healthy lab is hardly ever called sick.
      </p>
    </div>
  </section>`;
}

/** The page of the nights: does every lab still give what its bands promise, and since when not? */
export function renderDriftPage(input: DriftPageInput): string {
  const nights = inOrder(input.nights);
  const standing = standingOf(input.nights, input.labs);
  const first = nights[0];
  const last = nights.at(-1);
  const ids = [...new Set(nights.flatMap(({ exercises }) => exercises.map((one) => key(one))))];
  ids.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const title = 'Nightly checks';
  return renderPage({
    title: last === undefined ? title : `${title} · ${last.date}`,
    footer: last === undefined ? title : `${title} · ${last.date}`,
    width: 'wide',
    header: html`<p class="eyebrow">${title}</p>
      <div>
        <h1>${formatPlural(nights.length, 'night')}</h1>
        <p class="sub">
          ${first === undefined || last === undefined ? 'No night has been run yet.' : first === last ? last.date : `${first.date} to ${last.date}`}
        </p>
      </div>
      <div class="score">${last !== undefined && verdictBadge(standing.verdict)}</div>`,
    main: html`${last !== undefined && renderLastNight(last, input.labs)}
    ${last !== undefined && renderOpen(standing, last, input.labs)}
    ${nights.length > 1 && renderCalendar(nights, ids)} ${renderDrift(nights, ids)}
    ${renderRemarks(nights)} ${renderMeanings()}`,
  });
}
