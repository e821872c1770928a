import { main } from './main.ts';
import { processContext } from './program/context.ts';

const context = processContext();
process.exitCode = await main(process.argv.slice(2), context);
// What a command that was ended has left behind, such as a download, is not waited for.
if (context.signal.aborted) process.exit();
