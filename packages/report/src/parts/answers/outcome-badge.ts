import { type Grade, type Outcome, refusalOf } from '@labproof/grader';
import { html, type Markup, trusted } from '../../document/markup.ts';

/** What each outcome is called, and what it means, in words for the student. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, { name: string; meaning: string }>> = {
  passed: { name: 'Passed', meaning: 'Everything that was asked for is there and right.' },
  partial: { name: 'Partly', meaning: 'Some of it is right; the advice says what is missing.' },
  failed: {
    name: 'Not passed',
    meaning: 'It was read and checked, and it is not what was asked for.',
  },
  missing: { name: 'Missing', meaning: 'Nothing was found for it in the files.' },
  'needs-review': {
    name: 'Needs manual grading',
    meaning: 'It is graded by hand; until then its points do not count.',
  },
  refused: {
    name: 'Could not be read',
    meaning: 'A file is damaged or not safe to open; the page says how to save it again.',
  },
  broken: {
    name: 'Our fault',
    meaning: 'The grader failed. There is no score for it, and never a zero; the teacher is told.',
  },
};

/** All outcomes, from the best to what is nobody's fault but ours. */
export const OUTCOMES: readonly Outcome[] = [
  'passed',
  'partial',
  'failed',
  'missing',
  'needs-review',
  'refused',
  'broken',
];

const STATUS_WORDS: Readonly<Record<Grade['status'], { name: string; outcome: Outcome }>> = {
  final: { name: 'Final', outcome: 'passed' },
  'needs-review': { name: 'Needs manual grading', outcome: 'needs-review' },
  refused: { name: 'Could not be read', outcome: 'refused' },
  broken: { name: 'No score: our fault', outcome: 'broken' },
};

/** Shapes, so that no outcome is told by its colour alone. */
const ICONS: Readonly<Record<Outcome, string>> = {
  passed: '<path d="M3 8.5l3.2 3.2L13 5"/>',
  partial:
    '<circle cx="8" cy="8" r="5.2"/><path d="M8 2.8a5.2 5.2 0 0 1 0 10.4z" fill="currentColor"/>',
  failed: '<path d="M4 4l8 8M12 4l-8 8"/>',
  missing: '<circle cx="8" cy="8" r="5.2" stroke-dasharray="2.6 2.2"/>',
  'needs-review': '<path d="M3 12.8l.7-2.9 7-7 2.3 2.3-7 7z"/>',
  refused: '<circle cx="8" cy="8" r="5.2"/><path d="M4.4 11.6l7.2-7.2"/>',
  broken: '<path d="M8 2.4l6 10.8H2z"/><path d="M8 6.6v3M8 11.3v.2"/>',
};

/** Any word in the shape and colour of an outcome. */
export function badge(outcome: Outcome, text: string, tone: Outcome = outcome): Markup {
  const icon = trusted(
    `<svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${ICONS[outcome]}</svg>`,
  );
  return html`<span class="badge ${tone}">${icon}${text}</span>`;
}

export function outcomeBadge(outcome: Outcome): Markup {
  return badge(outcome, OUTCOME_WORDS[outcome].name);
}

/** A grade as far as its status goes. */
type Standing = Pick<Grade, 'status' | 'refusal' | 'score'>;

export function statusBadge(grade: Standing): Markup {
  const { outcome } = STATUS_WORDS[grade.status];
  // That a grade is final says nothing about how good it is.
  return badge(outcome, statusName(grade), grade.status === 'final' ? 'missing' : outcome);
}

export function statusName(grade: Standing): string {
  return refusalOf(grade) === 'answers'
    ? 'Answers could not be read'
    : STATUS_WORDS[grade.status].name;
}
