import type { AnswerBlock } from '../blocks/block.ts';
import { readable } from '../text/readable.ts';
import { claimsInBlock } from './block-claims.ts';
import type { Claim } from './claim.ts';
import { Leads } from './leads.ts';

/** So many figures of one answer are looked at, in its words and in what programs printed; no honest answer has more. */
const MOST_CLAIMS = {
  words: 200,
  printed: 2000,
};

/** The figures of one answer. */
export interface AnswerClaims {
  /** What the answer states. */
  readonly claims: readonly Claim[];
  /** Figures that stand there and are no claims; each says why. */
  readonly asides: readonly Claim[];
  /** There are more figures than are looked at, so a person has to. */
  readonly cutOff: boolean;
}

/** The figures in an answer's blocks. `isHandedOut` knows the lab's own sentences. */
export function claimsInAnswer(
  blocks: readonly AnswerBlock[],
  isHandedOut: (sentence: string) => boolean,
): AnswerClaims {
  const claims: Claim[] = [];
  const asides: Claim[] = [];
  const left = { ...MOST_CLAIMS };
  const leads = new Leads();
  let cutOff = false;
  for (const block of blocks) {
    for (const claim of leads.apply(block, claimsInBlock(block))) {
      const kind = claim.printed ? 'printed' : 'words';
      if (left[kind] === 0) {
        cutOff = true;
        continue;
      }
      left[kind] -= 1;
      if (claim.standing !== 'stated') asides.push(claim);
      else if (!claim.printed && isHandedOut(claim.text)) {
        asides.push({ ...claim, standing: 'handed-out' });
      } else claims.push(claim);
    }
  }
  return { claims, asides, cutOff };
}

/** Longer prose has other numbers, or its writer may say which one is meant. */
const LONGEST_PROSE = 100_000;
/** Numbers and per cents in words, which are not read. */
const SPELLED =
  /%|(?<!\p{L})(?:per\s?cent|percent|prozent|procent|pour\s?cent|por\s?ciento|(?:ninety|eighty|seventy|sixty|fifty)(?:[-\s]\p{L}+)?|neunzig|achtzig|\p{L}+undneunzig|quatre-vingt\p{L}*|negentig|(?:zero|nought|null|nul|zéro|cero)\s+(?:point|dot|komma|virgule|coma|punto)|point\s+nine|noventa|novanta)(?!\p{L})|百分之|九十/iu;

/** Whether prose holds numbers beside those of its claims, so that there may be a figure that was not understood. */
export function holdsOtherNumbers(
  prose: string,
  { claims, asides, cutOff }: AnswerClaims,
): boolean {
  if (asides.length > 0 || cutOff || prose.length > LONGEST_PROSE) return true;
  const text = claims.reduce((rest, { written }) => rest.replace(written, ''), readable(prose));
  return /\p{N}/u.test(text) || SPELLED.test(text);
}
