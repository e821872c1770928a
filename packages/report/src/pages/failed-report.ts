import type { Lab } from '@labproof/lab';
import { callout } from '../parts/callout.ts';
import { oneLine } from '../parts/answers/student-text.ts';
import { html } from '../document/markup.ts';
import { renderPage } from '../document/page.ts';

/** The page of a student whose report could not be rendered: it says so, and where the grade is. */
export function renderFailedReport(input: {
  readonly student: string;
  readonly lab: Lab;
  readonly reason: string;
}): string {
  const { lab } = input;
  const student = oneLine(input.student, 80);
  return renderPage({
    title: `${student}: no report`,
    footer: `${lab.title} · ${student}`,
    header: html`<p class="eyebrow">${lab.title} · version ${lab.version}</p>
      <h1>${student}</h1>`,
    main: html`<section id="problem" aria-label="What went wrong">
      ${callout(
        'broken',
        'This report could not be written. This is our fault, and the grade is not touched by it.',
        html`<p>${oneLine(input.reason, 400)}</p>
          <p>
            <b>What to do:</b> look into <span class="mono">grade.json</span> beside this page,
            where the grade stands with its reasons, and report the fault with it.
          </p>`,
      )}
    </section>`,
  });
}
