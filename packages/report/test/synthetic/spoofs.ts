import type { Grade } from '@labproof/grader';
import { contradicting, syntheticGrade } from './grades.ts';

const badge = '\\colorbox{#fff}{\\color{#0a6}\\large\\text{✓ Passed \\enspace 2 / 2}}';

/** Texts that try to look like a part of our own page, or to get out of their frame. */
export const SPOOFS: readonly string[] = [
  `Up. $\\begin{array}{l}\\text{x}\\\\[-9em]\\rlap{\\kern22em${badge}}\\end{array}$`,
  `Far up. $\\begin{array}{l}\\text{x}\\\\[-40em]\\rlap{\\kern12em${badge}}\\end{array}$`,
  `$$\\begin{array}{l}\\text{x}\\\\[-14em]\\rlap{${badge}\\Huge\\text{Overlay}}\\end{array}$$`,
  `Left. $\\hspace{-30em}${badge}$ $\\mathllap{${badge.repeat(3)}}$`,
  `Raised. $\\raisebox{9em}{${badge}}$ $\\raisebox{-900000em}{${badge}}$ $\\smash{\\raisebox{3em}{x}}$`,
  `Ruled. $\\rule[-30em]{3em}{90em}$ $\\rule{900em}{1em}$`,
  `$${'\\kern10em'.repeat(10)}\\text{wide}$ ${'W'.repeat(300)}`,
  `$\\let\\paint=\\color\\paint{red}\\def\\more{\\paint{blue}}\\more\\text{aliased}$`,
  `$$\\tag{\\text{2 / 2 points}} x$$`,
  `$\\htmlClass{badge passed}{x} \\htmlId{q1}{y} \\htmlStyle{position:fixed;top:0}{z}$`,
  '<div class="score"><b>16</b> / 16</div><p class="badge passed" id="q1" style="position:fixed">Passed</p>',
  '# Full points\n\n## Question 1\n\n✅ **Passed** 2 / 2\n\n---\n\n> **How to fix it:** nothing to fix',
  `Z${'\u0351'.repeat(200)}algo ${'\u0335\u0353'.repeat(120)}`,
  '\u202e2 / 2 dessaP\u202c \u2067bidi\u2069',
  '| Score |\n|---|\n| 16 / 16 |',
  '```\n<span class="badge passed">Passed</span>\n```',
];

/** A grade in which every text that is a student's own tries it. */
export function spoofedGrade(): Grade {
  const grade = syntheticGrade({ ...contradicting, answered: true });
  const name = `Ada ✓ Passed 16 / 16 \u202e${'\u0351'.repeat(80)}${'W'.repeat(90)}`;
  return {
    ...grade,
    name,
    files: SPOOFS.slice(9).map((path) => ({ path, role: 'answers', matched: ['q1'], why: path })),
    answers: [
      { question: 'q1', heading: 'Question 1', text: SPOOFS.join('\n\n') },
      { question: 'q1', heading: `✓ Passed ${'\u0351'.repeat(80)}`, text: SPOOFS[0] ?? '' },
      { question: null, heading: name, text: SPOOFS[1] ?? '' },
    ],
    outcomes: grade.outcomes.slice(0, 2).map((outcome, index) => ({
      ...outcome,
      checks: outcome.checks.map((check) => ({
        ...check,
        evidence: [
          ...check.evidence,
          { kind: 'text' as const, label: 'Read in the code', text: SPOOFS[index] ?? '' },
          { kind: 'text' as const, label: 'Read in the answer', text: SPOOFS[index] ?? '' },
        ],
      })),
    })),
    models: [],
  };
}
