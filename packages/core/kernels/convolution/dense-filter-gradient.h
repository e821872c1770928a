/*
 * Filter gradient of a convolution with the same tile: the rows are taps, the sum runs over the places of an example,
 * and an example's sums are added to the total of those before it. Where an example takes several blocks of places,
 * its sums wait aside.
 */
#ifndef LABPROOF_CONVOLUTION_DENSE_FILTER_GRADIENT_H
#define LABPROOF_CONVOLUTION_DENSE_FILTER_GRADIENT_H

#include "convolution/windows.h"
#include "level.h"
#include "threads/range.h"

#define dense_filter_gradient SHARED(dense_filter_gradient)

/* Adds the examples first … rows − 1 to dw[taps, filters], of these to the named taps and filters alone. */
void dense_filter_gradient(const struct windows *w, const float *x, const float *dy, float *dw,
                           size_t firstRow, size_t rows, size_t filters, struct range ofTaps,
                           struct range ofFilters);

#endif
