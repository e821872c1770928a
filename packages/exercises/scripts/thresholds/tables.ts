import { Labs } from '../../src/index.ts';
import { exercisesTable } from './exercises-table.ts';
import { inWords } from './in-words.ts';
import { populationTable } from './population-table.ts';

/** The page with both of its tables written from the bands and the kept runs. */
export function withTables(page: string): string {
  const labs = new Labs().list();
  return [
    { name: 'in words', table: inWords(labs) },
    { name: 'all exercises', table: exercisesTable(labs) },
    { name: 'other frameworks', table: populationTable(labs) },
  ].reduce((text, { name, table }) => {
    const begin = `<!-- ${name}: written by \`npm run thresholds -w packages/exercises\` -->`;
    const end = `<!-- end of ${name} -->`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/thresholds.md has no "${begin}"`);
    return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
  }, page);
}
