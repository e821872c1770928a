/*
 * Convolution of images [rows, height, width, channels] and its input gradient: each output is the sum over the taps of
 * its window in ascending order. Six places at a time go against panels of weights with one column a filter.
 */
#ifndef LABPROOF_CONVOLUTION_CONVOLVE_H
#define LABPROOF_CONVOLUTION_CONVOLVE_H

#include "convolution/windows.h"
#include "dense/matrix.h"
#include "level.h"

#define convolve SHARED(convolve)

/* The weights as the right factor: tap (j, i, c) is row c of a matrix at values + j · stepY + i · stepX. */
struct filters {
  struct matrix matrix;
  ptrdiff_t stepY, stepX;
  size_t count;
};

/* Output places: distances of images, of rows and of columns, in floats. */
struct output {
  float *values;
  size_t imageStep, rowStep, columnStep;
};

/* Each output place = Σ over its window's taps of image · filter. There is at least one tap and one place. */
void convolve(const float *images, size_t rows, const struct windows *w,
              const struct filters *filters, const struct output *output);

#endif
