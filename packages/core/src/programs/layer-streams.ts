import type { ModelPlan } from '../model/plan.ts';
import { type StreamKey, streamKey } from '../streams/streams.ts';

/**
 * For every layer of a plan, the keys of its named random streams. Masks are numbered by dropout layer, so a change
 * elsewhere in the network does not move them.
 */
export function layerStreams(plan: ModelPlan, seed: number): ((name: string) => StreamKey)[] {
  let dropouts = 0;
  return plan.layers.map(({ className }) => {
    const ordinal = className === 'Dropout' ? dropouts++ : 0;
    return (name) => streamKey(seed, `${name}/${ordinal}`);
  });
}
