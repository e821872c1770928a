export { bandsFiles } from './bands-files.ts';
export { defineLab, type LabSource } from './define-lab.ts';
export { labFiles, openLabFolder } from './lab-folder.ts';
export { findExercise, findLab, isOwnLab, listLabs } from './labs.ts';
export { resultsTable, withResults } from './results-table.ts';
export { type StuckRuns, stuckRuns, stuckTable } from './stuck-runs.ts';
