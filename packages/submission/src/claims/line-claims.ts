import { epochIn, figuresOf, isLogLine, isPastedLogLine } from '../histories/log-line.ts';
import { readable } from '../text/readable.ts';
import type { Claim, ClaimSource } from './claim.ts';
import { findMentions, isMetric } from './metric-words.ts';
import { findNumerals } from './numeral.ts';
import { isProgram, isProgramLine, splitComment } from './program-lines.ts';
import { claimsInSentence, excerptOf } from './sentence-claims.ts';

/** Lines of logs and tables are short; a longer one is nobody's result. */
const LONGEST_LINE = 1000;
const RULE_LINE = /^[\s|:=+-]*$/u;
/** What callbacks of Keras print: of the epoch that was best. */
const OF_AN_EPOCH = /^\s*(?:Restoring model weights|Epoch \d{5}: )/iu;
const EPOCH_LINE = /^\W*Epoch\s+\d+\s*\/\s*\d+\s*$/iu;
const EVALUATE_LIST = /^\s*(?:\[\d+\]\s*)?[[(](?<numbers>[^[\]()]*)[\])]\s*$/u;
const R_OUTPUT = /^\s*##\s?/u;
/** "np.float64(0.9753)", as NumPy 2 prints a number in a list. */
const WRAPPED = /(?:(?:np|numpy)\.)?float(?:16|32|64)\((?<value>[^()]{1,40})\)/gu;
/** Colours of a terminal, of which an export has lost the first character: "[1m313/313[0m". */
const COLOURS = /(?<=^|[\s/\dms━])\[(?:0|1|3[0-7])m(?=[\s\d━\p{L}]|$|\[)|\[0m/gu;
const R_INDEX = /^\s*\[\d+\]\s+/u;
/** "469/469 [====] - 2s - loss: …", of every Keras; the two numbers are the batch and how many there are. */
const PROGRESS = /^\s*(?<done>\d{1,9})\/(?<all>\d{1,9})(?:\s|$)/u;
/** " 43%|####      | 200/469 [00:02<00:03, loss=0.28]", as tqdm draws it. */
const TQDM = /^[^|%]{0,80}?(?<!\d)(?<percent>\d{1,3})%\|/u;
/** The same line wherever it was pasted. */
const PROGRESS_BAR = /\d\/\d+\s*(?:\[[=>. ]{3,}\]|[━╸╺]{3,}|-\s+\d+m?s\b)/u;

/** Whether a line is Keras's progress or a loop's of PyTorch's: it was printed, whoever pasted it. */
export function isProgressLine(line: string): boolean {
  return isKerasProgress(line) || isPastedLogLine(line);
}

function isKerasProgress(line: string): boolean {
  return PROGRESS_BAR.test(line.slice(0, LONGEST_LINE)) || EPOCH_LINE.test(line);
}

/** Column names of a training history: its rows tell of epochs, not of the finished model. */
export function isHistoryHeader(line: string): boolean {
  const words = line.toLowerCase().split(/[^\p{L}_]+/u);
  return (
    words.includes('epoch') &&
    (words.includes('metric') || words.some((word) => /loss|acc/u.test(word))) &&
    findNumerals(line).length === 0
  );
}

/** A line of nothing but metric names, as R and `kable` print above the values. */
export function isHeader(line: string): boolean {
  const words = line.match(/[\p{L}_]+/gu) ?? [];
  if (words.length === 0 || findNumerals(line).length > 0) return false;
  return findMentions(line).mentions.filter(isMetric).length === words.length;
}

/** What stands on a line by itself as Keras's `evaluate` returns it for one metric: `[loss, accuracy]`. */
export function evaluatePair(line: string, source: ClaimSource): Claim[] {
  const list = EVALUATE_LIST.exec(line)?.groups?.['numbers'];
  if (list === undefined || findMentions(list).mentions.length > 0) return [];
  return findNumerals(list).length === 2
    ? claimsInSentence(`loss accuracy ${list}`, {
        excerpt: excerptOf(line),
        source,
      })
    : [];
}

/** How a block of lines is to be taken. */
export interface LinesContext {
  /** `output` for what was printed; `code` where a program stands between what it printed. */
  readonly kind: 'output' | 'code' | 'words';
  readonly language: string;
}

/** Output of programs, line by line: logs, printed tables, `[loss, accuracy]` lists. Of programs, the comments alone. */
export function claimsInLines(lines: readonly string[], { kind, language }: LinesContext): Claim[] {
  const claims: Claim[] = [];
  let header: string | null = null;
  let training = false;
  /** The epoch that a loop's log was in last, and where the claims of its run begin that may become former. */
  let last: number | null = null;
  let begins = 0;
  for (const raw of lines) {
    const whole = readable(raw.replace(R_OUTPUT, '').slice(0, LONGEST_LINE))
      .replaceAll(COLOURS, '')
      .replaceAll(WRAPPED, '$<value>');
    const drawn = TQDM.exec(whole)?.groups?.['percent'];
    const { code, comment } =
      kind === 'code' && drawn === undefined ? splitComment(whole) : { code: whole, comment: null };
    if (comment !== null) {
      const pair = evaluatePair(comment, 'comment');
      claims.push(...(pair.length > 0 ? pair : claimsInSentence(comment, { source: 'comment' })));
    }
    const line = code;
    if (isHistoryHeader(line)) return claims;
    if (RULE_LINE.test(line) || OF_AN_EPOCH.test(line)) continue;
    if (kind === 'code' && isProgramLine(line, language)) {
      header = null;
      continue;
    }
    if (isHeader(line)) {
      header = line;
      continue;
    }
    const progress = PROGRESS.exec(line)?.groups;
    const isOutput = kind === 'output' || (kind === 'code' && !isProgram(language));
    const isLog = isOutput ? isLogLine(line) : isPastedLogLine(line);
    const isBar = progress !== undefined || isLog || isKerasProgress(line);
    const epoch = isLog ? epochIn(line) : null;
    if (epoch !== null && last !== null && epoch > last) {
      formerFrom(claims, begins);
      // What has become former stays so, and is not gone through again.
      begins = claims.length;
    }
    if (epoch !== null && (last === null || epoch < last)) begins = claims.length;
    last = epoch ?? last;
    // A bar that is still growing shows means over the batches so far.
    if (/\bETA\b/u.test(line) || (drawn !== undefined && Number(drawn) < 100)) continue;
    if (progress !== undefined && Number(progress['done']) < Number(progress['all'])) continue;
    const source: ClaimSource = isBar ? 'bar' : kind === 'words' ? 'words' : 'output';
    const values = line.replace(R_INDEX, '');
    const pair = evaluatePair(line, source);
    if (header !== null && findMentions(values).mentions.length === 0) {
      claims.push(...claimsInSentence(`${header} ${values}`, { source }));
    } else if (pair.length > 0) {
      claims.push(...pair);
    } else if (isLog) {
      const { text, isHeldOut } = figuresOf(values);
      const excerpt = excerptOf(line);
      claims.push(...claimsInSentence(text, { training: !isHeldOut, source, excerpt }));
    } else {
      claims.push(...claimsInSentence(values, { training, source }));
    }
    header = null;
    training = EPOCH_LINE.test(line);
  }
  return claims;
}

/** What a log said of earlier epochs is said of no finished model. */
function formerFrom(claims: Claim[], from: number): void {
  for (let at = from; at < claims.length; at += 1) {
    const claim = claims[at];
    if (claim?.printed === true && claim.standing === 'stated') {
      claims[at] = { ...claim, standing: 'former' };
    }
  }
}
