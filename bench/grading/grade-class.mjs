// Grades a class and writes every report, as `labproof grade` does: grade-class.mjs CLASS OUT JOBS.
import path from 'node:path';
import { loadDataset } from '@labproof/core';
import { gradeBatch, writeFilesTogether } from '@labproof/class';
import { renderClassReport, renderStudentReport } from '@labproof/report';
import { benchLab } from './lab.mjs';

const [, , folder, out, jobs] = process.argv;
const lab = benchLab();
const dataset = await loadDataset('mnist');
const start = performance.now();
const { grades, summaries, findings, warnings } = await gradeBatch({
  paths: [folder],
  lab,
  loadDataset: async () => dataset,
  engine: 'auto',
  jobs: Number(jobs),
  out,
});
const graded = performance.now();
const [height, width, channels] = dataset.imageShape;
const size = height * width * channels;
for (const grade of grades) {
  const misclassifiedImages = Object.fromEntries(
    grade.models.map(({ exercise, evaluation }) => [
      exercise,
      (evaluation?.examples ?? []).map(({ index }) => ({
        index,
        pixels: dataset.test.images.subarray(index * size, (index + 1) * size),
        height,
        width,
        channels,
      })),
    ]),
  );
  const page = renderStudentReport({
    grade,
    lab,
    misclassifiedImages,
    classes: { mnist: dataset.classes },
  });
  writeFilesTogether(out, [{ path: path.join(grade.student, 'report.html'), content: page }]);
}
const page = renderClassReport({ grades: summaries, lab, findings });
writeFilesTogether(out, [{ path: 'index.html', content: page }]);
const rendered = performance.now();
console.log(
  JSON.stringify({
    grading: (graded - start) / 1000,
    reports: (rendered - graded) / 1000,
    evaluated: summaries.filter(({ models }) => models[0]?.evaluation !== null).length,
    broken: summaries.filter(({ status }) => status === 'broken').length,
    findings: findings.length,
    warnings: warnings.length,
  }),
);
