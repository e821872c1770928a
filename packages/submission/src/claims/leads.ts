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
/** What is said of one figure and cannot hold for all below it. */
const OF_ONE_FIGURE: ReadonlySet<Standing> = new Set(['former', 'range', 'alternative', 'bound']);

/** Follows the blocks of an answer in their order and knows which words lead to which figures. */
export class Leads {
  #title: Lead = NOTHING;
  #introduction: { readonly lead: Lead; readonly depth: number; readonly ownList: boolean } | null =
    null;
  /** The depth of the list that is being introduced, once it has begun. */
  #list: number | null = null;

  /** `claims` of the next block, with what the blocks above say of them. */
  apply(block: AnswerBlock, claims: readonly Claim[]): Claim[] {
    const lead = this.#leadFor(block);
    this.#take(block);
    return claims.map((claim) => {
      if (claim.source === 'comment') return claim;
      const isOpen = claim.source === 'words' || (claim.source === 'output' && !lead.isAct);
      const isLed =
        claim.standing === 'stated' && lead.standing !== 'stated' && !OWNS.test(claim.text);
      return {
        ...claim,
        part: claim.part ?? (isOpen ? lead.part : null),
        standing: isLed ? lead.standing : claim.standing,
      };
    });
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
    if ((kind !== 'heading' && kind !== 'paragraph' && kind !== 'html') || quoted) return;
    const text = lines
      .map((line) => line.text)
      .join(' ')
      .trim();
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
  const words = last.replace(/[\s:：]+$/u, '').slice(-LONGEST_LEAD);
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
