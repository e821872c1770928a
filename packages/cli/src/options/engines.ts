import { TFJS_ENGINES } from '@labproof/core/tensorflow';

/** The engines that a user may ask for. */
export const ENGINES = ['auto', 'native', 'wasm'] as const;

/** The engines that may train what is only looked at: TensorFlow.js never makes bands or grades. */
export const RUN_ENGINES = [...ENGINES, ...TFJS_ENGINES] as const;
