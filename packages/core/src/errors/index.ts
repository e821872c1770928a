/** Errors alone: what a program can import before it knows what it shall do. */
export { errorCatalogue } from './catalogue.ts';
export { LabproofError } from './labproof-error.ts';
export { systemReason } from './system-words.ts';
