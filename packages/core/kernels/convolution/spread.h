/*
 * Convolution from the source's side: every nonzero value of a source pixel adds its window of weights to the outputs
 * that it reaches. Pixels and their channels are taken in ascending order, so each output gets its terms in the order in
 * which convolve.c would sum them; terms of zeros are left out, which is exact while the weights are finite. Gradients
 * that come through a pooling or a relu are mostly zeros.
 */
#ifndef LABPROOF_CONVOLUTION_SPREAD_H
#define LABPROOF_CONVOLUTION_SPREAD_H

#include "level.h"

#define spread_pays SHARED(spread_pays)
#define spread_packed SHARED(spread_packed)

struct spread {
  /* Of the source: [height, width, channels]. */
  size_t height, width, channels;
  /* Of the outputs: [outHeight, outWidth, outChannels]. */
  size_t outHeight, outWidth, outChannels;
  /* Source (y, x) reaches the rows y · strideY − padTop + [0, kernelHeight), and the columns alike. */
  size_t kernelHeight, kernelWidth, strideY, strideX;
  ptrdiff_t padTop, padLeft;
};

/* Where the weights are: that of tap (row, column), output channel and source channel, as distances in floats. */
struct spread_weights {
  const float *values;
  ptrdiff_t row, column, outChannel, channel;
};

/* Whether this way may be taken, as the weights are finite, and should be. */
int spread_pays(const struct spread *s, const float *sources, size_t rows, const float *weights);

/* outputs[rows, outHeight, outWidth, outChannels] of sources[rows, height, width, channels]. */
void spread_packed(const float *sources, size_t rows, const struct spread *s,
                   const struct spread_weights *w, float *outputs);

#endif
