import { readFile, writeFile } from 'node:fs/promises';
import { listLabs, withResults } from '../src/index.ts';

for (const lab of listLabs()) {
  const file = new URL(`../src/${lab.id}/README.md`, import.meta.url);
  await writeFile(file, withResults(await readFile(file, 'utf8'), lab));
}
