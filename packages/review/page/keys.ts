import {
  attempt,
  current,
  dialog,
  EMPTY,
  goBack,
  goNext,
  goOn,
  goQuestion,
  keysOn,
  queue,
  saveMark,
  screen,
  session,
  toggleItem,
  undoOrRedo,
} from './store.ts';

/** What every key does, for the keyboard and for its help. */
export const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['1 … 9', 'give or take an item of the rubric'],
  ['Shift 1 … 9', 'give half of it'],
  ['a', 'give everything'],
  ['0', 'give nothing: no points'],
  ['p', 'type the points'],
  ['c', 'write a comment; Esc leaves it, Ctrl Enter goes on'],
  ['d', 'doubtful: look again later'],
  ['j or →', 'next answer'],
  ['k or ←', 'answer before'],
  ['n or Enter', 'next answer that is not done, in this question or another'],
  ['] and [', 'next question, question before'],
  ['g', 'the group of like answers'],
  ['e', 'change the rubric'],
  ['/', 'search'],
  ['u and r', 'undo and redo'],
  ['l', "the lead's page"],
  ['?', 'these keys'],
];

/** Listens to the keyboard wherever nobody is typing. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (!keysOn.value || dialog.value !== null || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (isTyping(event.target)) return;
    const action = actionOf(event);
    if (action === null) return;
    event.preventDefault();
    void attempt(async () => {
      await action();
    });
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}

function actionOf({
  key,
  code,
  shiftKey,
  target,
}: KeyboardEvent): (() => Promise<void> | void) | null {
  if (key === '?') return () => open('help');
  if (key === 'l' && session.value?.role === 'lead')
    return () => void (screen.value = screen.value === 'lead' ? 'reading' : 'lead');
  if (screen.value !== 'reading' || current.value === null) return null;
  const digit = /^Digit([0-9])$/u.exec(code)?.[1];
  if (digit === '0' && !shiftKey) return () => saveMark({ items: {}, fixed: null, decided: true });
  if (digit !== undefined) {
    const item = queue.value?.items[Number(digit) - 1];
    return item === undefined ? null : () => toggleItem(item.id, shiftKey ? 0.5 : 1);
  }
  // A button or a link that has the focus is what Enter is for.
  const isControl =
    target instanceof HTMLElement && target.matches('button, a, summary, [tabindex]');
  switch (key) {
    case 'a':
      return () => saveMark({ items: everything(), fixed: null, decided: true });
    case 'd':
      return () => saveMark({ doubtful: !{ ...EMPTY, ...current.value?.mark }.doubtful });
    case 'p':
      return () => focusOn('points');
    case 'c':
      return () => focusOn('comment');
    case 'j':
    case 'ArrowRight':
      return () => goNext();
    case 'k':
    case 'ArrowLeft':
      return () => goBack();
    case 'Enter':
      return isControl ? null : () => goOn();
    case 'n':
      return () => goOn();
    case ']':
      return () => goQuestion(1);
    case '[':
      return () => goQuestion(-1);
    case 'g':
      return current.value.group === null ? null : () => open('group');
    case 'e':
      return () => open('items');
    case '/':
      return () => open('search');
    case 'u':
      return () => undoOrRedo('undo');
    case 'r':
      return () => undoOrRedo('redo');
    default:
      return null;
  }
}

function everything(): Record<string, number> {
  const items = queue.value?.items ?? [];
  return Object.fromEntries(items.filter(({ points }) => points > 0).map(({ id }) => [id, 1]));
}

function open(which: 'help' | 'group' | 'items' | 'search'): void {
  dialog.value = which;
}

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
