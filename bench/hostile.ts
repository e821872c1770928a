// Grades the class of all hostile submissions with two honest students, writes every page and prints every PDF, and
// says how long each part took.
//   npm run build && tsx --conditions=@labproof/source bench/hostile.ts [JOBS]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gradeBatch, writeFilesTogether } from '@labproof/class';
import { PdfPrinter, renderClassReport, renderStudentReport } from '@labproof/report';
import { CASES, HONEST, Place } from '../fixtures/hostile/cases.ts';
import { squares } from '../packages/grader/test/support/squares.ts';
import { lab } from '../packages/submission/test/support/lab.ts';

const jobs = Number(process.argv[2] ?? 2);
const work = mkdtempSync(join(tmpdir(), 'labproof-hostile-class-'));
const place = join(work, 'class');
const out = join(work, 'out');

async function timed<Value>(what: string, run: () => Promise<Value>): Promise<Value> {
  const start = performance.now();
  const value = await run();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return value;
}

const at = { class: place, outside: join(work, 'outside'), server: 'http://127.0.0.1:9' };
for (const folder of ['../outside', 'honest-one', 'honest-two']) {
  new Place({ ...at, folder }).files(HONEST);
}
for (const { name, folder = name, make } of CASES) await make(new Place({ ...at, folder }));

const start = performance.now();
const result = await timed('graded', () =>
  gradeBatch({
    paths: [place],
    lab,
    loadDataset: async () => squares,
    engine: 'auto',
    jobs,
    out,
    timeLimit: 120,
  }),
);
await timed('pages', async () => {
  for (const grade of result.grades) {
    const content = renderStudentReport({ grade, lab, misclassifiedImages: {} });
    writeFilesTogether(out, [{ path: join(grade.student, 'report.html'), content }]);
  }
  const { summaries, findings } = result;
  const content = renderClassReport({ grades: summaries, lab, findings });
  writeFilesTogether(out, [{ path: 'index.html', content }]);
});
const students = result.summaries.map(({ student }) => student);
await timed('PDFs', async () => {
  const printer = new PdfPrinter();
  try {
    await Promise.all(
      students.map((student) =>
        printer.print(readFileSync(join(out, student, 'report.html'), 'utf8'), { title: student }),
      ),
    );
  } finally {
    await printer.close();
  }
});
const all = ((performance.now() - start) / 1000).toFixed(1);
console.log(`${students.length} submissions, ${jobs} jobs: ${all} s in all`);
rmSync(work, { recursive: true, force: true });
