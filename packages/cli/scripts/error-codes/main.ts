// Lists every permanent error code with its owners and its package: `npm run error-codes`.
import { cataloguedCodes } from './catalogues.ts';

for (const { code, owners, package: name } of cataloguedCodes()) {
  process.stdout.write(`${code}\t${owners.join(', ')}\t${name}\n`);
}
