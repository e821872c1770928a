export { withPictures } from './answers/pictures.ts';
export { reviewErrors } from './errors.ts';
export { exportMarks, mergeMarks } from './exchange/exchange.ts';
export { partsOfKey } from './marks/event.ts';
export type { RecordedRelease } from './marks/record.ts';
export { type AppealedMark, appealedMark } from './room/appealed-mark.ts';
export {
  doubtfulAnswers,
  type LeftOpen,
  leftOpen,
  unansweredAppeals,
  undecidedAppeals,
} from './room/left-open.ts';
export { unsettledAnswers } from './room/unsettled.ts';
export { type OpenRoom, openRoom } from './room/open-room.ts';
export { Desk } from './server/desk.ts';
export { pageFiles } from './server/page-files.ts';
export { serveRoom } from './server/serve.ts';
export { MarksDatabase } from './storage/marks-database.ts';
export { planOf } from './team/plan.ts';
export { digestOfToken, newToken, readTeam, type Team, teamOfOne } from './team/team.ts';
