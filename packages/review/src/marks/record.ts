import type { Lab } from '@labproof/lab';
import { type GivenMark, marksByAnswer, standingAmong } from './answer-marks.ts';
import { effective } from './effective.ts';
import type { BodyOf, ReviewEvent } from './event.ts';
import { type Item, itemsOf } from './rubric.ts';

/** An appeal as far as it has come. */
export interface Appeal extends BodyOf<'appealFiled'> {
  /** Of the event that filed it. */
  readonly id: string;
  readonly at: string;
  readonly decision:
    | (BodyOf<'appealDecided'> & {
        readonly id: string;
        readonly reader: string;
        readonly at: string;
      })
    | null;
}

/** Who reads what, and since which event. */
type Plan = BodyOf<'planned'> & { readonly id: string };

/** A version that was given out. */
export type RecordedRelease = BodyOf<'released'> & { readonly id: string };

/** Everything that the record says, as a pure function of its events in whatever order they are. */
export interface RecordState {
  /** Effective events in order. */
  readonly events: readonly ReviewEvent[];
  readonly items: ReadonlyMap<string, readonly Item[]>;
  readonly marks: ReadonlyMap<string, readonly GivenMark[]>;
  readonly standing: ReadonlyMap<string, readonly GivenMark[]>;
  /** Answers that somebody has opened. */
  readonly opened: ReadonlySet<string>;
  /** Answers that were taken out of their groups. */
  readonly out: ReadonlySet<string>;
  /** Who reads what: the last word of the lead, on the page or in the file of the team. */
  readonly plan: Plan | null;
  /** What the file of the team said last. */
  readonly filePlan: Plan | null;
  readonly appeals: readonly Appeal[];
  readonly releases: readonly RecordedRelease[];
}

export function readRecord(lab: Lab, all: readonly ReviewEvent[]): RecordState {
  const events = effective(all);
  const marks = marksByAnswer(events);
  const opened = new Set<string>();
  const out = new Set<string>();
  const appeals = new Map<string, Appeal>();
  const releases: RecordedRelease[] = [];
  let plan: Plan | null = null;
  let filePlan: Plan | null = null;
  for (const { id, at, body } of events) {
    switch (body.kind) {
      case 'markGiven':
        for (const { answer, unopened } of body.answers) {
          if (unopened !== true && body.ground !== 'table') opened.add(answer);
        }
        break;
      case 'answerOpened':
        opened.add(body.answer);
        break;
      case 'memberTakenOut':
        if (body.out) out.add(body.answer);
        else out.delete(body.answer);
        break;
      case 'planned':
        plan = { ...body, id };
        if (body.from === undefined) filePlan = plan;
        break;
      case 'appealFiled':
        // The same appeal filed on two machines is one; a decision that came before it in order waits for it below.
        if (!appeals.has(body.appeal)) {
          appeals.set(body.appeal, { ...body, id, at, decision: null });
        }
        break;
      case 'released':
        releases.push({ ...body, id });
        break;
      case 'appealDecided':
      case 'itemWritten':
      case 'undone':
        break;
    }
  }
  for (const { id, reader, at, body } of events) {
    const appeal = body.kind === 'appealDecided' ? appeals.get(body.appeal) : undefined;
    if (body.kind === 'appealDecided' && appeal !== undefined) {
      appeals.set(body.appeal, { ...appeal, decision: { ...body, id, reader, at } });
    }
  }
  return {
    events,
    items: itemsOf(lab, events),
    marks,
    standing: new Map([...marks].map(([answer, given]) => [answer, standingAmong(given)])),
    opened,
    out,
    plan,
    filePlan,
    appeals: [...appeals.values()],
    releases,
  };
}
