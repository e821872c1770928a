/** Named random streams and the generator that draws from them. */
export { philoxBlock, philoxWords } from './philox.ts';
export { type StreamKey, streamKey } from './streams.ts';
