/* Gradient of a convolution with respect to its filters. */
#include "arrays/floats.h"
#include "convolution/dense-filter-gradient.h"
#include "convolution/sparse-filter-gradient.h"
#include "convolution/windows.h"
#include "level.h"

void KERNEL(conv2dFilterGradient)(const float *x, const float *dy, float *dw, uint32_t rows,
                                  const struct convolution_geometry *geometry) {
  const struct windows w = windows_of(geometry);
  const size_t filters = geometry->filters;
  size_t done = 0;
  if (lists_pay(&w, dy, rows, filters)) {
    done = sparse_filter_gradient(&w, x, dy, dw, rows, filters);
  } else {
    fill_zeros(dw, taps_of(&w) * filters);
  }
  dense_filter_gradient(&w, x, dy, dw, done, rows, filters);
}
