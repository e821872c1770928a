import { formatPoints } from '../format.ts';
import { html, type Markup } from '../document/markup.ts';
import { callout } from './callout.ts';
import { oneLine } from './answers/student-text.ts';

/** A question whose points, or the reasons for them, are others than in the release before. */
export interface ReleaseChange {
  readonly question: string;
  readonly number: number;
  readonly title: string;
  /** Points before and now; `null` where there were none. */
  readonly before: number | null;
  readonly after: number | null;
  /** Sentences, in the words of whoever decided. */
  readonly why: readonly string[];
}

/** Which version of a report this is. */
export interface ReportRelease {
  readonly version: number;
  readonly changes: readonly ReleaseChange[];
  /** The score, where it is another. */
  readonly score?: { readonly before: number | null; readonly after: number | null };
}

/** What changed since the version before, and why. Nothing in a first version, and where nothing did. */
export function renderRelease({ version, changes, score }: ReportRelease): Markup | null {
  if (changes.length === 0 && score === undefined) return null;
  return html`<section id="changes" aria-label="What changed">
    ${callout(
      'note',
      `What changed since version ${version - 1} of this report.`,
      html`<ul>
        ${score !== undefined && html`<li>In all: ${movement(score.before, score.after)}.</li>`}
        ${changes.map(
          ({ question, number, title, before, after, why }) =>
            html`<li>
              <a href="#${question}">Question ${number}, ${title}</a>: ${movement(before, after)}.
              ${why.map((reason) => html`${oneLine(reason, 2000)} `)}
            </li>`,
        )}
      </ul>`,
    )}
  </section>`;
}

function movement(before: number | null, after: number | null): string {
  const told = (points: number | null): string =>
    points === null ? 'no score' : formatPoints(points);
  return before === after ? `still ${told(after)}` : `${told(before)} before, ${told(after)} now`;
}
