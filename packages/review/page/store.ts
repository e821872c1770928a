import { batch, computed, signal } from '@preact/signals';
import type {
  ActionView,
  AnswerEntry,
  AnswerView,
  QueueView,
  SessionView,
} from '../src/server/protocol.ts';
import type { Mark } from '../src/marks/event.ts';
import { get, post } from './api.ts';

export type Filter = 'all' | 'open' | 'doubtful' | 'mine' | 'group' | 'appealed';
export type Dialog = 'help' | 'search' | 'group' | 'items' | null;

export const EMPTY: Mark = { items: {}, fixed: null, comment: '', doubtful: false, decided: false };

export const session = signal<SessionView | null>(null);
export const queue = signal<QueueView | null>(null);
export const current = signal<AnswerView | null>(null);
export const filter = signal<Filter>('all');
export const dialog = signal<Dialog>(null);
export const screen = signal<'reading' | 'lead'>('reading');
/** What is said to the reader, and read out. */
export const notice = signal('');
/** Whether it is shown as well, since nothing else on the screen says it. */
export const isShown = signal(false);
export const problem = signal<string | null>(null);
/** Why the last mark is not on the disk; stays until one is. */
export const unsaved = signal<string | null>(null);
/** Marks on their way to the disk. */
export const saving = signal(0);
export const keysOn = signal(localStorage.getItem('keys') !== 'off');

/** Answers that were fetched before they were asked for, by id. */
const ahead = new Map<string, AnswerView>();
const AHEAD = 3;

export const entries = computed<readonly AnswerEntry[]>(() => queue.value?.answers ?? []);
export const shown = computed(() => entries.value.filter((entry) => passes(entry)));

/** Says something that the screen shows anyway. */
function say(words: string): void {
  batch(() => {
    notice.value = words;
    isShown.value = false;
  });
}

/** Says something that is nowhere else on the screen. */
function tell(words: string): void {
  batch(() => {
    notice.value = words;
    isShown.value = true;
  });
}

function passes(entry: AnswerEntry): boolean {
  switch (filter.value) {
    case 'all':
      return true;
    case 'open':
      return entry.state !== 'marked';
    case 'doubtful':
      return entry.state === 'doubtful' || entry.state === 'conflict';
    case 'mine':
      return entry.mine;
    case 'group':
      return entry.group !== null && entry.group === groupOf(current.value?.id ?? '');
    case 'appealed':
      return entry.appealed;
  }
}

function groupOf(id: string): number | null {
  return entries.value.find((entry) => entry.id === id)?.group ?? null;
}

/** Runs what a reader asked for; what goes wrong is said and ends nothing. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  problem.value = null;
  try {
    await work();
  } catch (error) {
    problem.value = error instanceof Error ? error.message : String(error);
  }
}

export async function start(): Promise<void> {
  const token = location.hash.slice(1);
  if (token !== '') {
    await post('login', { token });
    history.replaceState(null, '', '/');
  }
  session.value = await get<SessionView>('session');
  const { questions } = session.value;
  const first = questions.find(({ answers, done }) => done < answers) ?? questions[0];
  if (first === undefined) tell('Nothing here waits for you.');
  else await openQuestion(first.id);
}

/** Counts what was asked to be shown: of two journeys that overlap the later one arrives. */
let journeys = 0;

/** Shows a question and one of its answers, together: a rubric never stands beside an answer to another question. */
export async function openQuestion(id: string, answer?: string): Promise<void> {
  const journey = ++journeys;
  const next = await get<QueueView>('queue', { question: id });
  const first =
    next.answers.find((entry) => entry.id === answer) ??
    next.answers.find(isOpen) ??
    next.answers.find(({ state }) => state !== 'marked') ??
    next.answers[0];
  const view = first === undefined ? null : await get<AnswerView>('answer', { id: first.id });
  if (journey !== journeys) return;
  ahead.clear();
  batch(() => {
    queue.value = next;
    filter.value = 'all';
    screen.value = 'reading';
    show(view);
  });
  if (view !== null) await opened(view.id);
}

/** Shows an answer of this question; one that was fetched ahead is there at once. */
export async function openAnswer(id: string): Promise<void> {
  const journey = ++journeys;
  const view = ahead.get(id) ?? (await fetchAnswer(id));
  if (journey !== journeys) return;
  batch(() => show(view));
  await opened(id);
}

function show(view: AnswerView | null): void {
  current.value = view;
  if (view === null) return;
  ahead.set(view.id, view);
  const at = shown.value.findIndex(({ id }) => id === view.id);
  const place = at === -1 ? '' : `Answer ${at + 1} of ${shown.value.length}. `;
  say(`${place}${stateWords(view)}`);
}

async function opened(id: string): Promise<void> {
  for (const { id: next } of following(id).slice(0, AHEAD)) {
    if (!ahead.has(next)) void fetchAnswer(next).catch(() => undefined);
  }
  const { heldBy } = await post<{ heldBy: string | null }>('open', { answer: id });
  if (current.value?.id === id && heldBy !== current.value.heldBy) {
    keep({ ...current.value, heldBy });
  }
}

function stateWords({ mark, points, max, former }: AnswerView): string {
  if (points !== null) return `Marked with ${points} of ${max}.`;
  if (former !== null) return 'Changed since it was marked.';
  return mark === null ? 'Not marked.' : 'Not decided.';
}

async function fetchAnswer(id: string): Promise<AnswerView> {
  const view = await get<AnswerView>('answer', { id });
  ahead.set(id, view);
  return view;
}

function keep(view: AnswerView): void {
  ahead.set(view.id, view);
  if (current.value?.id === view.id) current.value = view;
}

function following(id: string): readonly AnswerEntry[] {
  const at = entries.value.findIndex((entry) => entry.id === id);
  return entries.value.slice(at + 1).filter((entry) => passes(entry));
}

function preceding(id: string): readonly AnswerEntry[] {
  const at = entries.value.findIndex((entry) => entry.id === id);
  return entries.value
    .slice(0, Math.max(0, at))
    .filter((entry) => passes(entry))
    .toReversed();
}

export async function goNext(): Promise<void> {
  const [next] = following(current.value?.id ?? '');
  if (next === undefined) tell('This was the last one.');
  else await openAnswer(next.id);
}

/** Somebody has to mark it; of a doubtful one there is a mark. */
function isOpen({ state }: AnswerEntry): boolean {
  return state !== 'marked' && state !== 'doubtful';
}

/**
 * Goes to the next answer that is not done: the rest of this question, the questions after it, then those before it and
 * the beginning of this one. Doubtful marks elsewhere wait until everything has a mark.
 */
export async function goOn(): Promise<void> {
  const id = current.value?.id ?? '';
  const further = following(id).find(({ state }) => state !== 'marked');
  if (further !== undefined) return await openAnswer(further.id);
  if (filter.value !== 'all' && filter.value !== 'open') {
    return tell('This was the last one of these.');
  }
  // What others have marked meanwhile, and what is still on its way to the disk.
  await chain;
  await refresh(false);
  const questions = session.value?.questions ?? [];
  const at = questions.findIndex((entry) => entry.id === queue.value?.question);
  const inTurn = [...questions.slice(at + 1), ...questions.slice(0, at)];
  const earlier = entries.value.filter((entry) => entry.id !== id);
  const asked = inTurn.find(({ answers, done, doubtful }) => answers > done + doubtful);
  if (asked !== undefined) {
    await openQuestion(asked.id);
    return tell(`Question ${asked.number}.`);
  }
  const skipped = earlier.find(isOpen);
  if (skipped !== undefined) return await openAnswer(skipped.id);
  const doubted = inTurn.find(({ doubtful }) => doubtful > 0);
  if (doubted !== undefined) await openQuestion(doubted.id);
  else {
    const again = earlier.find(({ state }) => state === 'doubtful');
    if (again !== undefined) await openAnswer(again.id);
  }
  tell(endWords());
}

/** What is left when no answer is open any more. */
function endWords(): string {
  const { questions = [], appeals = 0, role } = session.value ?? {};
  const all = role === 'lead' ? 'every answer' : 'every answer of yours';
  const open = questions.some(({ answers, done, doubtful }) => answers > done + doubtful);
  const doubtful = questions.filter((question) => question.doubtful > 0);
  const count = doubtful.reduce((sum, question) => sum + question.doubtful, 0);
  const numbers = doubtful.map(({ number }) => number).join(', ');
  const left = [
    ...(count === 0
      ? []
      : [
          `${count === 1 ? '1 doubtful mark' : `${count} doubtful marks`} in question${doubtful.length === 1 ? '' : 's'} ${numbers}`,
        ]),
    ...(appeals === 0
      ? []
      : [`${appeals === 1 ? '1 appeal' : `${appeals} appeals`} to decide (l)`]),
  ];
  const done = open ? 'This is the last one without a mark.' : `Done: ${all} has a mark.`;
  return left.length === 0 ? done : `${done} Left: ${left.join(', ')}.`;
}

export async function goBack(): Promise<void> {
  const [before] = preceding(current.value?.id ?? '');
  if (before === undefined) tell('This is the first one.');
  else await openAnswer(before.id);
}

export async function goQuestion(step: 1 | -1): Promise<void> {
  const questions = session.value?.questions ?? [];
  const at = questions.findIndex(({ id }) => id === queue.value?.question);
  const next = questions[at + step];
  if (next === undefined) tell('There is no further question.');
  else await openQuestion(next.id);
}

let chain: Promise<void> = Promise.resolve();

/** Saves a mark of the answer on the screen. The screen has it at once, and says that it is saved when it is. */
export function saveMark(
  change: Partial<Mark>,
  how: { readonly group?: boolean; readonly trust?: boolean; readonly reason?: string } = {},
): Promise<void> {
  const view = current.value;
  if (view === null) return Promise.resolve();
  const mark = { ...EMPTY, ...view.mark, ...change };
  const lost = view.points !== null && !mark.decided;
  keep({ ...view, mark, points: mark.decided ? pointsOf(mark, view.max) : null, former: null });
  saving.value += 1;
  chain = chain.then(async () => {
    try {
      await post<ActionView>('mark', { answer: view.id, mark, ...how });
      unsaved.value = null;
      if (lost) tell('Saved. This answer has no mark now.');
      else say(mark.decided ? 'Saved.' : 'Saved. This answer has no mark yet.');
      await refresh(how.group === true);
    } catch (error) {
      unsaved.value = error instanceof Error ? error.message : String(error);
      // What the screen showed was not saved: show what is.
      await fetchAnswer(view.id).then(keep, () => keep(view));
    } finally {
      saving.value -= 1;
    }
  });
  return chain;
}

/** As the server computes it, until it has. */
function pointsOf(mark: Mark, max: number): number {
  const sum =
    mark.fixed ??
    (queue.value?.items ?? []).reduce(
      (total, { id, points }) => total + points * (mark.items[id] ?? 0),
      0,
    );
  return Math.min(max, Math.max(0, Math.round(sum * 1e4) / 1e4));
}

/** Reads again what a change may have changed. */
export async function refresh(all: boolean): Promise<void> {
  const question = queue.value?.question;
  if (question === undefined) return;
  const [nextSession, nextQueue] = await Promise.all([
    get<SessionView>('session'),
    get<QueueView>('queue', { question }),
  ]);
  batch(() => {
    session.value = nextSession;
    queue.value = nextQueue;
  });
  if (!all) return;
  ahead.clear();
  const id = current.value?.id;
  if (id !== undefined) keep(await fetchAnswer(id));
}

export async function undoOrRedo(which: 'undo' | 'redo'): Promise<void> {
  saving.value += 1;
  try {
    await chain;
    const was = current.value;
    const { what, question, answer } = await post<ActionView>(which, {});
    if (question !== null && question !== queue.value?.question) {
      await openQuestion(question, answer ?? undefined);
    } else if (answer !== null && answer !== current.value?.id) {
      ahead.clear();
      await refresh(false);
      await openAnswer(answer);
    } else {
      await refresh(true);
    }
    const now = current.value;
    const lost = now !== null && now.id === was?.id && was.points !== null && now.points === null;
    tell(lost ? `${what} This answer has no mark now.` : what);
  } finally {
    saving.value -= 1;
  }
}

export function toggleItem(id: string, share: number): Promise<void> {
  const mark = { ...EMPTY, ...current.value?.mark };
  const { [id]: now, ...others } = mark.items;
  const items = now === share ? others : { ...others, [id]: share };
  return saveMark({ items, fixed: null, decided: Object.keys(items).length > 0 });
}

export function setKeys(on: boolean): void {
  localStorage.setItem('keys', on ? 'on' : 'off');
  keysOn.value = on;
}
