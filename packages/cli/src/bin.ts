import { main } from './main.ts';
import { processWorld } from './program/context.ts';

const world = processWorld();
process.exitCode = await main(process.argv.slice(2), world);
// What a command that was ended has left behind, such as a download, is not waited for.
if (world.signal.aborted) process.exit();
