import type { Item } from '../marks/rubric.ts';
import type { Mark } from '../marks/event.ts';
import type { Agreement } from '../agreement/kappa.ts';
import type { Severity } from '../agreement/severity.ts';

/** What server and page say to each other: types only, so that the page takes nothing else with it. */

export interface SessionView {
  readonly reader: string;
  readonly role: 'lead' | 'reader';
  readonly lab: string;
  /** Whether names are shown. */
  readonly named: boolean;
  readonly questions: readonly QuestionView[];
  /** Seconds that one answer takes this reader, the median; `null` before there are enough. */
  readonly pace: number | null;
  /** Appeals that the lead has to decide; 0 for everybody else. */
  readonly appeals: number;
}

export interface QuestionView {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** Answers of this reader's, and how many of them are done. */
  readonly answers: number;
  readonly done: number;
  /** Marks that a reader doubts; they are not done. */
  readonly doubtful: number;
}

/** How an answer stands, as its reader may know. */
export type AnswerState = 'open' | 'marked' | 'doubtful' | 'stale' | 'conflict' | 'unopened';

export interface AnswerEntry {
  /** Says nothing of the student. */
  readonly id: string;
  readonly state: AnswerState;
  /** Points given; `null` where nothing is decided. */
  readonly points: number | null;
  readonly max: number;
  /** Number of its group among those of the question; `null` outside of any. */
  readonly group: number | null;
  /** Whether this reader is to read it. */
  readonly mine: boolean;
  readonly appealed: boolean;
}

export interface QueueView {
  readonly question: string;
  readonly items: readonly Item[];
  readonly answers: readonly AnswerEntry[];
}

export interface AnswerView {
  readonly id: string;
  readonly question: string;
  readonly max: number;
  /** Sanitised HTML. */
  readonly prompt: string;
  readonly answer: string;
  readonly facts: string;
  /** Whether the answer was read from a PDF, whose pages can be asked for as pictures. */
  readonly pdf: boolean;
  /** Who it is; only for a lead who has lifted the blindness. */
  readonly student: string | null;
  readonly mark: Mark | null;
  readonly points: number | null;
  /** What was given for an earlier answer or rubric, and why it does not count. */
  readonly former: {
    readonly why: 'answer' | 'rubric';
    readonly points: number;
    readonly comment: string;
  } | null;
  /** What a search for the words of the lab's items found: never a mark. */
  readonly suggestions: Readonly<Record<string, 'found' | 'negated' | 'not-found'>>;
  readonly group: {
    readonly size: number;
    readonly unopened: number;
    readonly out: boolean;
  } | null;
  /** Who else has it open now. */
  readonly heldBy: string | null;
  readonly appeals: readonly AppealView[];
  /** For the lead: marks that disagree, or all that stand. */
  readonly marks: readonly {
    readonly reader: string;
    readonly points: number;
    readonly comment: string;
  }[];
}

export interface AppealView {
  readonly id: string;
  readonly answer: string;
  readonly question: string;
  readonly item: string | null;
  readonly text: string;
  /** Points that the student knows of, and those of now; `null` where there are none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly decision: {
    readonly outcome: 'changed' | 'kept';
    readonly reason: string;
    /** What is true of it, whatever was said: "The mark was changed (1 → 0.5)". */
    readonly words: string;
  } | null;
}

export interface GroupView {
  readonly number: number;
  readonly members: readonly {
    readonly id: string;
    /** The beginning of the answer as plain text. */
    readonly text: string;
    readonly opened: boolean;
    readonly state: AnswerState;
    /** What somebody has said of it by itself, so that it stays as it is when its group is marked. */
    readonly keeps: 'mark' | 'words' | 'former' | null;
  }[];
}

export interface ItemBody {
  readonly question: string;
  /** `null`: a new one. */
  readonly item: string | null;
  readonly concept: string;
  readonly points: number;
  readonly lookFor: string;
  readonly retired: boolean;
}

export interface PreviewView {
  /** Marks whose points would move. */
  readonly moves: readonly {
    readonly id: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

/** What changed: the page reads the queue of the question again and goes to the answer. */
export interface ActionView {
  readonly what: string;
  readonly question: string | null;
  readonly answer: string | null;
}

export interface SearchHit {
  readonly id: string;
  readonly question: string;
  /** Where it was found, as plain text. */
  readonly text: string;
  readonly where: 'answer' | 'comment';
}

export interface CommentView {
  readonly text: string;
  readonly used: number;
}

/** Who reads which questions. */
export interface PlanView {
  readonly readers: readonly string[];
  /** The share of answers that two read. */
  readonly twice: number;
  /** The lead has chosen it on this page; else the file of the team says it. */
  readonly chosen: boolean;
  readonly questions: readonly {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly answers: number;
    readonly readers: readonly string[];
  }[];
}

export interface PlanBody {
  /** Names of readers by question. */
  readonly questions: Readonly<Record<string, readonly string[]>>;
  readonly twice: number;
}

export interface PlanPreview {
  /** Answers that are not done and go to another reader. */
  readonly moves: number;
  readonly left: readonly {
    readonly reader: string;
    readonly before: number;
    readonly after: number;
  }[];
}

export interface LeadView {
  /** `null` where one person reads all. */
  readonly plan: PlanView | null;
  readonly items: readonly {
    readonly question: string;
    readonly item: string;
    readonly concept: string;
    readonly agreement: Agreement;
  }[];
  readonly points: {
    readonly n: number;
    readonly same: number;
    readonly interval: readonly [number, number];
  } | null;
  readonly readers: readonly (Severity & { readonly given: number; readonly left: number })[];
  readonly conflicts: readonly {
    readonly id: string;
    readonly question: string;
    readonly marks: readonly { readonly reader: string; readonly points: number }[];
  }[];
  readonly doubts: readonly {
    readonly id: string;
    readonly question: string;
    readonly reader: string;
    readonly comment: string;
  }[];
  readonly appeals: readonly AppealView[];
  readonly releases: readonly {
    readonly version: number;
    readonly digest: string;
    readonly students: number;
  }[];
}

/** Pages of a PDF on which an answer stands. */
export interface PagesView {
  readonly pages: readonly {
    readonly number: number;
    readonly width: number;
    readonly height: number;
    /** A PNG in base64. */
    readonly png: string;
  }[];
  /** Why there is no picture; `null` where there is one. */
  readonly problem: string | null;
}
