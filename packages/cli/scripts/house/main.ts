// Writes the diagram of the packages into CONTRIBUTING.md, from the imports as they are: `npm run house`.
import { readFileSync, writeFileSync } from 'node:fs';
import { houseDiagram } from './diagram.ts';
import { PAGE, withDiagram } from './page.ts';
import { readHouse } from './read-house.ts';

writeFileSync(PAGE, withDiagram(readFileSync(PAGE, 'utf8'), houseDiagram(readHouse())));
