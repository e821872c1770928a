// Writes what is measured into the READMEs of the labs: `npm run readme -w packages/exercises`.
import { readFile, writeFile } from 'node:fs/promises';
import { Labs } from '../../src/index.ts';
import { withResults } from './results-table.ts';

for (const lab of new Labs().list()) {
  const file = new URL(`../../labs/${lab.id}/README.md`, import.meta.url);
  await writeFile(file, withResults(await readFile(file, 'utf8'), lab));
}
