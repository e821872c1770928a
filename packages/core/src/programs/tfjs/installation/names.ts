/** The backends of TensorFlow.js that can be asked for, best first. */
export const TFJS_BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

/** `tfjs` takes the best backend that is installed and can train the model. */
export const TFJS_ENGINES = ['tfjs', 'tfjs:tensorflow', 'tfjs:wasm', 'tfjs:cpu'] as const;
export type TfjsEngineName = (typeof TFJS_ENGINES)[number];

/** The backends that a name stands for, in the order in which they are to be tried. */
export function backendsOf(name: TfjsEngineName): readonly TfjsBackend[] {
  return name === 'tfjs'
    ? TFJS_BACKENDS
    : TFJS_BACKENDS.filter((backend) => name === `tfjs:${backend}`);
}
