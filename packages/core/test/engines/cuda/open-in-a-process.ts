import { describeCuda, openCuda } from '../../../src/engines/cuda/open.ts';
import { LabproofError } from '../../../src/errors/labproof-error.ts';

/** Opens the GPU of the environment and prints what came of it, as JSON. */
try {
  await openCuda();
  process.stdout.write(JSON.stringify({ code: null, ...(await describeCuda()) }));
} catch (error) {
  if (!(error instanceof LabproofError)) throw error;
  process.stdout.write(
    JSON.stringify({ code: error.code, message: error.message, fix: error.fix }),
  );
}
