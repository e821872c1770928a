import hidden2 from './bands/mnist-mlp-hidden-2.json' with { type: 'json' };
import hidden4 from './bands/mnist-mlp-hidden-4.json' with { type: 'json' };
import hidden8 from './bands/mnist-mlp-hidden-8.json' with { type: 'json' };
import hidden16 from './bands/mnist-mlp-hidden-16.json' with { type: 'json' };
import hidden32 from './bands/mnist-mlp-hidden-32.json' with { type: 'json' };
import hidden64 from './bands/mnist-mlp-hidden-64.json' with { type: 'json' };
import hidden128 from './bands/mnist-mlp-hidden-128.json' with { type: 'json' };
import hidden256 from './bands/mnist-mlp-hidden-256.json' with { type: 'json' };

/** The bands of the sweep, by hidden units. */
export const hiddenBands = {
  2: hidden2,
  4: hidden4,
  8: hidden8,
  16: hidden16,
  32: hidden32,
  64: hidden64,
  128: hidden128,
  256: hidden256,
} as const;
