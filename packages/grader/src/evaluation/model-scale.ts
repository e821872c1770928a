import type { InputScale, ModelPlan, PlannedLayer } from '@labproof/core';
import type { ReadModel } from '@labproof/submission';

/** Layers before and after which pixels may be scaled: what goes in as bytes comes out as bytes. */
const KEEPS_SCALE =
  /^(?:Flatten|Reshape|Permute|Identity|Dropout|GaussianNoise|ZeroPadding2D|(?:Average|Max)Pooling2D|Random.*)$/u;
/** Factors below this are made for bytes and not for numbers from 0 to 1. */
const FOR_BYTES = 1 / 16;

/**
 * How the pixels go into a network that scales them itself: `raw` for one that begins with a Rescaling of bytes or with a
 * Normalization that was adapted to bytes, `1/255` where they are made for numbers from 0 to 1; `null` for every other
 * network, whose scale the lab says.
 */
export function scaleInModel({ plan, weights }: ReadModel): InputScale | null {
  let factor: number | null = null;
  let at = 0;
  for (const layer of chainFromInput(plan)) {
    const own = weights.slice(at, at + layer.weights.length);
    at += layer.weights.length;
    if (layer.className === 'Rescaling') {
      factor = (factor ?? 1) * Math.abs(Number(layer.config['scale']));
    } else if (layer.className === 'Normalization' && factor === null) {
      return scaleOfNormalization(layer, own);
    } else if (!KEEPS_SCALE.test(layer.className)) break;
  }
  if (factor === null) return null;
  return factor < FOR_BYTES ? 'raw' : '1/255';
}

/** Numbers from 0 to 1 have a mean of at most 1 and a variance of at most ¼. One that was never adapted has 0 and 1. */
function scaleOfNormalization(
  { config }: PlannedLayer,
  [mean = new Float32Array(), variance = new Float32Array()]: readonly Float32Array[],
): InputScale | null {
  const largest = Math.max(0, ...sizes(config['mean'] ?? mean));
  const widest = Math.max(0, ...sizes(config['variance'] ?? variance));
  if (largest === 0 && widest === 1) return null;
  return largest > 1 || widest > 1 ? 'raw' : '1/255';
}

function sizes(values: unknown): number[] {
  if (values instanceof Float32Array) {
    return [values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)];
  }
  return Array.isArray(values) ? values.map((value) => Math.abs(Number(value))) : [];
}

/** The layers from the input on that each take the whole output of the one before. */
function chainFromInput({ layers }: ModelPlan): readonly PlannedLayer[] {
  const end = layers.findIndex(
    ({ inbound, sharedWith }, index) =>
      sharedWith !== null || inbound.length !== 1 || inbound[0] !== index - 1,
  );
  return end < 0 ? layers : layers.slice(0, end);
}
