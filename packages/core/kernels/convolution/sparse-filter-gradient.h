/*
 * Filter gradient for output gradients that are mostly zeros: for each filter the list of its nonzero terms, then sums of
 * the windows at their places, weighted with them. Vectors run over the taps, terms are in the order of the places, and
 * what is left out is ±0 as long as the image is finite; so the sums have the bits of the dense way.
 */
#ifndef LABPROOF_CONVOLUTION_SPARSE_FILTER_GRADIENT_H
#define LABPROOF_CONVOLUTION_SPARSE_FILTER_GRADIENT_H

#include "convolution/windows.h"
#include "level.h"
#include "threads/range.h"

#define lists_pay SHARED(lists_pay)
#define sparse_filter_gradient SHARED(sparse_filter_gradient)

/* Whether the lists have room, and whether so many zeros make up for them. */
int lists_pay(const struct windows *w, const float *dy, size_t rows, size_t filters);

/*
 * Fills some filters of dw[taps, filters] from the first examples, up to one whose image is not finite, and returns how
 * many these are.
 */
size_t sparse_filter_gradient(const struct windows *w, const float *x, const float *dy, float *dw,
                              size_t rows, size_t filters, struct range own);

#endif
