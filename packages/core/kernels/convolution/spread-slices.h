/* How a window of outputs is cut into slices whose sums stay in registers. */
#ifndef LABPROOF_CONVOLUTION_SPREAD_SLICES_H
#define LABPROOF_CONVOLUTION_SPREAD_SLICES_H

#include "arrays/floats.h"
#include "convolution/spread.h"
#include "level.h"

#define spreads SHARED(spreads)

/* Vectors of a window that are summed at a time, in registers: a slice. The rest of the registers is for the terms. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define SLICE_VECTORS 24
#else
#define SLICE_VECTORS 12
#endif
#define SLICE_LEAST 4

#define MOST_SLICES 64
/* Floats of a slice's weights that leave the first cache room for the rest. */
#define SLICE_FLOATS 9216
/* Pixels' entries are filled up with zeros to a multiple of this. */
#define ENTRY_GROUP 2

/*
 * How windows are cut into vectors, and those into slices. A window's row is whole vectors, of which the last may
 * overlap the one before; then both are in one slice, which counts them once.
 */
struct slices {
  size_t rowLength, rowVectors, count;
  /* Vectors starts[i] … starts[i + 1] − 1 are slice i. */
  size_t starts[MOST_SLICES + 1];
};

static inline size_t window_vectors(const struct spread *s) {
  return s->kernelHeight * ((s->kernelWidth * s->outChannels + LANES - 1) / LANES);
}

/* Several rows a slice where they fit, otherwise several slices a row, of at least two vectors each. */
static inline struct slices slices_of(const struct spread *s) {
  struct slices slices = {.rowLength = s->kernelWidth * s->outChannels};
  slices.rowVectors = (slices.rowLength + LANES - 1) / LANES;
  size_t most = SLICE_FLOATS / (s->channels * LANES);
  most = most < SLICE_LEAST ? SLICE_LEAST : smaller(most, SLICE_VECTORS);
  const size_t total = s->kernelHeight * slices.rowVectors;
  if (slices.rowVectors <= most) {
    const size_t rows = most / slices.rowVectors;
    slices.count = (s->kernelHeight + rows - 1) / rows;
    for (size_t i = 0; i <= slices.count && i <= MOST_SLICES; i++) {
      slices.starts[i] = i * s->kernelHeight / slices.count * slices.rowVectors;
    }
    return slices;
  }
  const size_t parts = (slices.rowVectors + most - 1) / most;
  slices.count = s->kernelHeight * parts;
  for (size_t i = 0; i < slices.count && i < MOST_SLICES; i++) {
    slices.starts[i] = i / parts * slices.rowVectors + i % parts * slices.rowVectors / parts;
  }
  if (slices.count <= MOST_SLICES) slices.starts[slices.count] = total;
  return slices;
}

/* Where in its row a window's vector begins. */
static inline size_t vector_start(const struct slices *slices, size_t v) {
  return smaller(v % slices->rowVectors * LANES, slices->rowLength - LANES);
}

/* Vector j at out + places[j] += Σ value · vector j of weights[channel]. */
typedef void spread_function(const uint32_t *channels, const float *values, size_t count,
                             const float *weights, float *out, const uint32_t *places);

/* By the number of vectors, less one. */
extern spread_function *const spreads[SLICE_VECTORS];

#endif
