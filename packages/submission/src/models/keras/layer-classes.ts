/** Classes whose saved form holds a program. Loading such a program is what makes a model file dangerous. */
export const HOLDS_CODE: ReadonlySet<string> = new Set([
  'Lambda',
  'TFOpLambda',
  'SlicingOpLambda',
  'TFSMLayer',
  'TorchModuleWrapper',
  'JaxLayer',
  'FlaxLayer',
]);

/** Models as layers of models. `Model` is what Keras before 2.4 calls a functional graph. */
export const SEQUENTIAL = 'Sequential';
const FUNCTIONAL: ReadonlySet<string> = new Set(['Functional', 'Model']);

export function isModelClass(className: string): boolean {
  return className === SEQUENTIAL || FUNCTIONAL.has(className);
}
