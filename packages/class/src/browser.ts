/**
 * What a page takes from here that looks one submission over as a grading process does: whose it is, and what becomes of
 * one that cannot be read or takes too much. Nothing that it reaches imports `node:`.
 */
export { classErrors } from './errors.ts';
export { studentId } from './hand-ins/student-id.ts';
export { MOST_SET_ASIDE, takesTooMuch } from './processes/endings.ts';
export { orProblem } from './processes/or-problem.ts';
