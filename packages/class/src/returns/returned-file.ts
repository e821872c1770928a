import type { Grade } from '@labproof/grader';
import { zipFiles } from '../files/zip-files.ts';
import { returnMessage } from './message.ts';
import type { ReportForm } from './return-place.ts';

/** A report as it was made for its student. */
export interface ReturnedReport {
  readonly html: string;
  /** `null` where none was asked for. */
  readonly pdf: Uint8Array | null;
}

/** A report in the form that its place takes; `null` where nothing goes there. */
export function returnedFile(
  form: ReportForm,
  { html, pdf }: ReturnedReport,
  grade: Grade,
): string | Uint8Array | null {
  switch (form) {
    case 'pdf':
      return pdf;
    case 'html':
      return html;
    case 'zip':
      return zipFiles([
        ...(pdf === null ? [] : [{ path: 'report.pdf', content: pdf }]),
        { path: 'report.html', content: html },
      ]);
    case 'notebook':
      return notebook(returnMessage(grade));
    case 'text':
      return returnMessage(grade);
    case 'none':
      return null;
  }
}

/** A notebook of one cell that shows a text as it is. */
function notebook(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const lines = text.trimEnd().split('\n');
  const source = [`${fence}text\n`, ...lines.map((line) => `${line}\n`), fence];
  return `${JSON.stringify(
    {
      cells: [{ cell_type: 'markdown', metadata: {}, source }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 4,
    },
    null,
    1,
  )}\n`;
}
