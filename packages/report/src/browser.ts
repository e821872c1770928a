/**
 * The self-check page, rendered in a browser to the bytes that the command line writes and the picture
 * of a network on the playground. Nothing that it reaches imports `node:`; fonts are handed in.
 */
export { givePackageFiles } from './document/given-file.ts';
export { questionsText } from './parts/before-handing-in.ts';
export { drawDecisionBoundary } from './plots/decision-boundary.ts';
export { misclassifiedImages } from './parts/models/misclassified-images.ts';
export { renderStudentReport } from './pages/student-report.ts';
