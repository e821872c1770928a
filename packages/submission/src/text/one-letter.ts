/** Words shorter than this differ from others in one letter by chance ("loss" and "lost"). */
const LEAST_LENGTH = 7;

/** Whether a word is another with one letter too many, too few, changed, or two neighbours swapped. Longer words only. */
export function differsInOneLetter(word: string, right: string): boolean {
  if (Math.min(word.length, right.length) < LEAST_LENGTH) return false;
  if (Math.abs(word.length - right.length) > 1 || word[0] !== right[0]) return false;
  let same = 0;
  while (same < word.length && word[same] === right[same]) same += 1;
  const rest = (text: string, from: number): string => text.slice(from);
  if (word.length > right.length) return rest(word, same + 1) === rest(right, same);
  if (word.length < right.length) return rest(word, same) === rest(right, same + 1);
  if (rest(word, same + 1) === rest(right, same + 1)) return true;
  return (
    word[same] === right[same + 1] &&
    word[same + 1] === right[same] &&
    rest(word, same + 2) === rest(right, same + 2)
  );
}
