import { type Dataset } from '@labproof/core';
import { mapSideBySide } from '@labproof/core/workers';
import type { Lab } from '@labproof/lab';
import type { ReturnedReport, ReturnPlace } from '@labproof/class';
import { misclassifiedImages, PdfPrinter } from '@labproof/report';
import { withPictures } from '@labproof/review';
import type { Grade } from '@labproof/grader';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import { StudentPages } from '../pages/student-pages.ts';
import type { WhatGoesOut } from '../releasing/what-goes-out.ts';
import type { ReturnWriter } from './write-returns.ts';

/** The forms that hold a PDF. */
const PRINTED: ReadonlySet<ReturnPlace['form']> = new Set(['pdf', 'zip']);

/**
 * Takes the reports that go back as they were released, or makes them, each for its student's eyes, and hands them to what writes them in the order of their
 * places. Throws what the printer throws where there is no browser.
 */
export async function returnWork(
  context: Context,
  work: {
    readonly lab: Lab;
    readonly out: WhatGoesOut;
    /** Where the grades are. */
    readonly folder: string;
    readonly places: readonly ReturnPlace[];
    readonly pdf: boolean;
    readonly date?: string;
    readonly writer: ReturnWriter;
  },
): Promise<string[]> {
  const { lab, out, folder, places, pdf, date, writer } = work;
  const datasets = new Map<string, Dataset>();
  const progress = new Progress(context, 'return');
  const frozen = out.released;
  const isPrinted = ({ student, form }: ReturnPlace): boolean =>
    PRINTED.has(form) && (frozen === null || frozen.pdf(student) === null);
  const printer = pdf && places.some(isPrinted) ? new PdfPrinter({ signal: context.signal }) : null;
  let pages: StudentPages | null = null;
  try {
    const made = out.released === null ? places : [];
    for (const { student } of made) {
      for (const { evaluation } of out.grade(student).models) {
        const id = evaluation?.dataset;
        if (id === undefined || datasets.has(id)) continue;
        datasets.set(id, await loadDatasetWithProgress(context, id));
      }
    }
    const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
    const setup = {
      lab,
      classes,
      audience: 'student' as const,
      ...(date === undefined ? {} : { date }),
    };
    const opened = new StudentPages(setup, { count: places.length, cores: context.cores });
    pages = opened;
    await printer?.open();
    const render = (grade: Grade): Promise<string> =>
      opened.render({
        grade: withPictures(folder, grade),
        misclassifiedImages: misclassifiedImages(grade, lab, datasets),
      });
    const make = async (place: ReturnPlace, grade: Grade): Promise<ReturnedReport> => {
      context.signal.throwIfAborted();
      const { student } = grade;
      const { released } = out;
      const html = released === null ? await render(grade) : released.html(student);
      if (!pdf || !PRINTED.has(place.form)) return { html, pdf: null };
      const asReleased = released === null ? null : released.pdf(student);
      return {
        html,
        pdf: asReleased ?? (await printer?.print(html, { title: student })) ?? null,
      };
    };
    const wide = opened.width + 1;
    for (let from = 0; from < places.length; from += wide) {
      const group = places
        .slice(from, from + wide)
        .map((place) => ({ place, grade: out.grade(place.student) }));
      const reports = await mapSideBySide(group, wide, ({ place, grade }) => make(place, grade));
      for (const [index, report] of reports.entries()) {
        const one = group[index];
        if (one !== undefined) writer.add({ ...one, report });
      }
      const done = from + group.length;
      progress.update(done / places.length, `${done} of ${places.length} reports`);
    }
    const written = writer.end();
    progress.done(`${places.length} ${places.length === 1 ? 'report' : 'reports'}`);
    return written;
  } catch (error) {
    progress.stop();
    writer.discard();
    throw error;
  } finally {
    await Promise.all([printer?.close(), pages?.close()]);
  }
}
