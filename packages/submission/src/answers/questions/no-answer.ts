/** Invitations to write that templates carry and that students leave in. */
const PLACEHOLDERS: readonly RegExp[] = [
  /(?:[([{<]\s*)?(?:please\s+)?(?:write|type|enter|put|insert|add|fill\s+in|replace)\s+(?:in\s+)?(?:this\s+(?:with|by)\s+)?(?:your|the|an?)\s+(?:own\s+)?(?:answers?|thoughts?|text|plots?|response|explanation|figure|image)\b[^)\]}>\n]{0,60}[)\]}>]?/giu,
  /(?:[([{<]\s*)?your\s+(?:answer|thoughts|text|plot|response|figure)s?\s+(?:goes\s+|comes\s+)?here\b\W*/giu,
  /^\W*(?:todo|tbd|n\/a|none|no answer|answer)\W*$/giu,
];

/** "Answer" in the languages in which labels of questions are read. */
const ANSWER =
  'answers?|thoughts?|responses?|solutions?|antwort(?:en)?|l[oö]sung(?:en)?|antwoord(?:en)?|r[eé]ponses?|respuestas?|soluci[oó]n|risposta|soluzione|resposta|solu[cç][aã]o|svar|vastaus|odpowiedź|odpověď|ответ|відповідь|答案|回答|解答|答|답변|답';
const POSSESSIVE =
  'my|your|our|the|meine?|unsere?|mijn|ons|onze|ma|mes|notre|mi|nuestra|la mia|minha|我的';

const ANSWER_LABEL = new RegExp(
  `^[\\s*_>-]*(?:(?:${POSSESSIVE})\\s*)?(?:${ANSWER}|ans?|a)(?:\\s+to\\s+question\\s+\\d+)?[\\s*_]*[:：][\\s*_]*`,
  'iu',
);
const ANSWER_HEADING = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:(?:${POSSESSIVE})\\s*)?(?:${ANSWER})[^\\p{L}\\p{N}]*$`,
  'iu',
);

/** Text without a leading "Answer:" and without placeholders. */
export function withoutInvitations(text: string): string {
  let rest = text.replace(ANSWER_LABEL, '');
  for (const placeholder of PLACEHOLDERS) rest = rest.replaceAll(placeholder, '');
  return rest.trim();
}

/** "?", "…", an empty bullet: nothing that could be an answer. */
export function saysNothing(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

/** A heading that only says that the answer follows: "Answer", "### Your thoughts:". */
export function isAnswerHeading(text: string): boolean {
  return ANSWER_HEADING.test(text);
}
