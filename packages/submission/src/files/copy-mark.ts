/** What systems and browsers put behind or before the name of a copy. */
const BEHIND =
  /(?:\s*\(\d{1,3}\)|\s*[-–—]\s*(?:copy|kopie|copie|copia|cópia)|\s+(?:copy|kopie|copie|copia|cópia)|\s*\((?:copy|kopie|copie|copia)\))$/iu;
/** Canvas's mark of a resubmission, and macOS's of a copy; they may as well be the number of a question or a part. */
const NUMBER = /(?:-\d{1,2}|\s+[2-9])$/u;
const BEFORE = /^(?:kopie von|kopie van|copy of|copie de|copia di|copia de|cópia de)\s+/iu;
/** "answers - Copy (2)-1": marks upon marks, as where a copy was handed in again. */
const MOST_MARKS = 3;

/** The names that a name without its ending may stand for, itself first, then with one mark of a copy less each. */
export function namesOfCopy(stem: string): string[] {
  const names = [stem.trim()];
  for (let marks = 0; marks < MOST_MARKS; marks += 1) {
    const last = names.at(-1) ?? '';
    const marked = withoutMark(last);
    const plain = marked === last ? last.replace(NUMBER, '').trim() : marked;
    if (plain === last || plain === '') break;
    names.push(plain);
  }
  return names;
}

/** The name of a file of which this may be a copy, by any mark; the name itself where nothing says so. */
export function plainStem(stem: string): string {
  return namesOfCopy(stem).at(-1) ?? stem;
}

/** The name without the marks that only copies have. */
export function certainStem(stem: string): string {
  let name = stem.trim();
  for (let marks = 0; marks < MOST_MARKS; marks += 1) {
    const plain = withoutMark(name);
    if (plain === '') break;
    name = plain;
  }
  return name;
}

function withoutMark(name: string): string {
  return name.replace(BEHIND, '').replace(BEFORE, '').trim();
}
