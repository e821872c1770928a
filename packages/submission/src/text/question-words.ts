/**
 * Words with which labels of answers begin, as pieces of regular expressions that tell no case apart. "Question" counts the
 * questions of a lab and nothing else; "exercise" or "Aufgabe" may as well count a course's sheets or the parts of a report.
 */
export const QUESTION_WORDS =
  'question|quest\\.|vraag|frage|pregunta|cuesti[oó]n|domanda|quesito|pergunta|quest[aã]o|fr[aå]ga|sp[oø]rsm[aå]l|kysymys|pytanie|otázka|soru|вопрос|питання|問い|q';

export const TASK_WORDS =
  'task|exercise|problem|exercice|probl[eè]me|ejercicio|problema|esercizio|exerc[ií]cio|aufgabe|[uü]bung(?:saufgabe)?|opdracht|opgave|oefening|uppgift|oppgave|teht[aä]v[aä]|zadanie|úloha|задание|задача|завдання';

export const ANSWER_WORDS =
  'answer|ans|solution|antwort|l[oö]sung|antwoord|r[eé]ponse|respuesta|soluci[oó]n|risposta|soluzione|resposta|solu[cç][aã]o|svar|vastaus|odpowiedź|odpověď|ответ|відповідь';

/** "No. 3", "Nr. 3", "n° 3", "№ 3". */
export const NUMBER_WORDS =
  'no\\.?|nr\\.?|n[°ºo]\\.?|№|num\\.?|number|nummer|n[uú]mero|numer|номер';

/** Chinese, Japanese and Korean write the word and the number without a space: 题3, 第三题, 問題３, 문제 3, 3번. */
export const EASTERN_QUESTION = '(?:问题|問題|题目|題目|题|題|问|問|设问|設問|질문|문제|문항)';
export const EASTERN_ANSWER = '(?:答案|回答|解答|答|답변|답)';

const DIGITS = '一二三四五六七八九';

/** A number up to 99 in digits of any width, or in Chinese characters; `null` where it is none. */
export function easternNumber(text: string): number | null {
  const plain = text.normalize('NFKC');
  if (/^\d{1,2}$/u.test(plain)) return Number(plain);
  const groups = /^(?<tens>[一二三四五六七八九])?(?<ten>十)?(?<ones>[一二三四五六七八九])?$/u.exec(
    plain,
  )?.groups;
  if (groups === undefined || plain === '') return null;
  const { tens, ten, ones } = groups;
  const value = (digit: string | undefined): number =>
    digit === undefined ? 0 : DIGITS.indexOf(digit) + 1;
  if (ten === undefined) return plain.length === 1 ? value(tens ?? ones) : null;
  return (tens === undefined ? 1 : value(tens)) * 10 + value(ones);
}
