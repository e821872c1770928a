export { reviewErrors } from './errors.ts';
export { exportMarks, mergeMarks } from './exchange/exchange.ts';
export { unsettledAnswers } from './room/unsettled.ts';
export { type OpenRoom, openRoom } from './room/open-room.ts';
export { Desk, planOf } from './server/desk.ts';
export { pageFiles } from './server/page-files.ts';
export { serveRoom } from './server/serve.ts';
export { MarksDatabase } from './storage/marks-database.ts';
export { digestOfToken, newToken, readTeam, type Team, teamOfOne } from './team/team.ts';
