/** What is said where TensorFlow.js would have to be installed, and how that is done. */
export const WITHOUT_TENSORFLOW = {
  where: 'installed',
  fix: 'Run "npm install @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0" where Labproof is installed, or in a folder of your own that --tensorflow names, and grade again.',
} as const;
