import type { AnswerBlock } from '../blocks/block.ts';
import type { Claim, DataPart, Standing } from './claim.ts';
import { findMentions } from './metric-words.ts';
import { claimsInSentence } from './sentence-claims.ts';
import { sentencesOf } from './sentences.ts';
import { OWNS } from './standing-words.ts';

/** What words above some figures say of them: "On the training set:", "### Handout", "- Test" above a list of its own. */
interface Lead {
  readonly part: DataPart | null;
  readonly standing: Standing;
  /** "Training:" above what a program printed is the act of training. */
  readonly isAct: boolean;
}

const NOTHING: Lead = { part: null, standing: 'stated', isAct: false };
/** Longer lines in bold are sentences. */
const LONGEST_TITLE = 60;
const LONGEST_LEAD = 300;
const LONGEST_CODE = 20_000;
/** "model.evaluate(x_train, y_train)", "model %>% evaluate(x_test, y_test)" */
const EVALUATES = /\bevaluate\s{0,3}\((?<data>[^()\n]{0,200})/gu;
const PART_IN_NAMES = /(?<!\p{L})(?:train|val|test)(?=\p{L}*)/gu;
/** What `evaluate` gives is of the test images unless it says otherwise. */
const PART_OF: Readonly<Record<string, DataPart>> = {
  train: 'training',
  val: 'validation',
};
const NUMBERS_ALONE = /^[\s*_~≈=:(|]*(?:[\d.,]{1,20}[\s%|;&)*]{0,8}){1,6}$/u;
/** What is said of one figure and cannot hold for all below it. */
const OF_ONE_FIGURE: ReadonlySet<Standing> = new Set(['former', 'range', 'alternative', 'bound']);

/** Follows the blocks of an answer in their order and knows which words lead to which figures. */
export class Leads {
  #title: Lead = NOTHING;
  #introduction: { readonly lead: Lead; readonly depth: number; readonly ownList: boolean } | null =
    null;
  /** The depth of the list that is being introduced, once it has begun. */
  #list: number | null = null;
  /** A line without numbers, just above. */
  #above = '';
  /** The data of the one call of `evaluate` in the code just above. */
  #evaluated: DataPart | null = null;

  /** `claims` of the next block, with what the blocks above say of them. */
  apply(block: AnswerBlock, own: readonly Claim[]): Claim[] {
    const lead = this.#leadFor(block);
    const called = this.#called(block);
    const claims = own.length > 0 ? own : this.#named(block);
    this.#take(block);
    return claims.map((claim) => {
      if (claim.source === 'comment') return claim;
      const isOpen = claim.source === 'words' || (claim.source === 'output' && !lead.isAct);
      const isLed =
        claim.standing === 'stated' && lead.standing !== 'stated' && !OWNS.test(claim.text);
      return {
        ...claim,
        part:
          claim.part ?? (claim.source === 'output' ? called : null) ?? (isOpen ? lead.part : null),
        standing: isLed ? lead.standing : claim.standing,
      };
    });
  }

  /** Of which data an output is that stands below a call of `evaluate`. */
  #called({ kind, lines }: AnswerBlock): DataPart | null {
    if (kind === 'code') {
      const code = lines.map(({ text }) => text).join('\n');
      const calls = [...code.slice(0, LONGEST_CODE).matchAll(EVALUATES)];
      const parts = new Set((calls[0]?.groups?.['data'] ?? '').match(PART_IN_NAMES) ?? []);
      const [part] = parts;
      this.#evaluated =
        calls.length === 1 && parts.size === 1 ? (PART_OF[part ?? ''] ?? null) : null;
    } else if (kind !== 'output') this.#evaluated = null;
    return this.#evaluated;
  }

  /** The value below a line that names it: a title "Accuracy" and a paragraph "97.63 %", columns that tabs make. */
  #named({ kind, lines }: AnswerBlock): Claim[] {
    const text = lines.map((line) => line.text).join(' ');
    if (kind === 'code' || kind === 'output' || this.#above === '') return [];
    if (text.length > LONGEST_TITLE || !NUMBERS_ALONE.test(text)) return [];
    return claimsInSentence(`${this.#above}: ${text}`);
  }

  #leadFor({ depth = 0 }: AnswerBlock): Lead {
    const open = this.#introduction;
    if (open === null) return this.#title;
    const begins = this.#list === null;
    if (begins && depth > open.depth) this.#list = depth;
    const holds = this.#list === null ? begins && !open.ownList : depth >= this.#list;
    if (!holds || this.#list === null) this.#introduction = null;
    return holds
      ? {
          part: open.lead.part ?? this.#title.part,
          standing: open.lead.standing === 'stated' ? this.#title.standing : open.lead.standing,
          isAct: open.lead.isAct,
        }
      : this.#title;
  }

  #take({ kind, lines, depth = 0, quoted }: AnswerBlock): void {
    this.#above = '';
    if ((kind !== 'heading' && kind !== 'paragraph' && kind !== 'html') || quoted) return;
    const text = lines
      .map((line) => line.text)
      .join(' ')
      .trim();
    const isNaming = text.length <= LONGEST_TITLE && !/[\d.!?]/u.test(text);
    this.#above = isNaming ? text.replace(/[\s:：]+$/u, '') : '';
    const isTitle =
      kind === 'heading' ||
      (lines.length === 1 && lines[0]?.bold === true && text.length <= LONGEST_TITLE);
    const introduces = /[:：]$/u.test(text);
    if (isTitle && depth === 0 && !/\d/u.test(text)) {
      this.#title = leadIn(text);
      this.#introduction = null;
    } else if (introduces || (depth > 0 && !/\d/u.test(text))) {
      this.#introduction = { lead: leadIn(text), depth, ownList: !introduces };
      this.#list = null;
    }
  }
}

/** What a line would make of a figure behind it. */
function leadIn(text: string): Lead {
  const last = sentencesOf(text).at(-1) ?? '';
  const words = last
    .replace(/[\s:：]+$/u, '')
    .replaceAll(/[()[\]]/gu, ' ')
    .slice(-LONGEST_LEAD);
  const probe = claimsInSentence(`${words}: accuracy 0.98765`).find(
    ({ value }) => value === 0.98765,
  );
  if (probe === undefined) return NOTHING;
  const parts = new Set(findMentions(`${words}:`).parts.map(({ part }) => part));
  return {
    part: parts.size > 1 ? null : probe.part,
    standing: OF_ONE_FIGURE.has(probe.standing) ? 'stated' : probe.standing,
    isAct: /^\P{L}*training\P{L}*$/iu.test(words),
  };
}
