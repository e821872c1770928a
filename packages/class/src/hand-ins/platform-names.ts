import { type HandInName, readHandInName } from './hand-in-name.ts';
import { isFolder, type Place } from './place.ts';

/**
 * How a platform's download names what is in a folder. Moodle's mark is in no other name; Canvas's form is, so it counts
 * where all files have it and no number has two names: `jane_2026_1123_lab.md` and `john_2026_1124_lab.md` hold a date.
 */
export function platformNames(places: readonly Place[]): ReadonlyMap<string, HandInName> {
  const found = new Map<string, HandInName>();
  const nameOfId = new Map<string, string | null>();
  let isCanvas = true;
  for (const place of places) {
    const { name } = place;
    const named = readHandInName(name, isFolder(place) ? 'folder' : 'file');
    if (named !== null) found.set(name, named);
    if (named?.rule !== 'canvas') {
      isCanvas &&= isFolder(place);
      continue;
    }
    isCanvas &&= (nameOfId.get(named.id) ?? named.name) === named.name;
    nameOfId.set(named.id, named.name);
  }
  return isCanvas ? found : new Map([...found].filter(([, { rule }]) => rule !== 'canvas'));
}
