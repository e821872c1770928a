import { readJson } from '../../files/safe-json.ts';
import type { ModelLimits } from '../model-limits.ts';

/** JSON that lies inside another file, read with the same care as a file of its own. */
export function readEmbeddedJson(
  content: string | Uint8Array,
  path: string,
  limits: ModelLimits,
): unknown {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readJson({ path, bytes: bytes.length, read: () => bytes }, limits.topologyBytes);
}
