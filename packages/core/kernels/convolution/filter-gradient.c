/* Gradient of a convolution with respect to its filters. */
#include "arrays/floats.h"
#include "convolution/dense-filter-gradient.h"
#include "convolution/sparse-filter-gradient.h"
#include "convolution/windows.h"
#include "level.h"
#include "threads/range.h"

/*
 * A part has some of the filters where lists of their gradients pay: nobody then looks at another's. Otherwise it has
 * some of the taps, and tiles of all filters stay whole.
 */
void KERNEL(conv2dFilterGradientPart)(const float *x, const float *dy, float *dw, uint32_t rows,
                                      const struct convolution_geometry *geometry, uint32_t part,
                                      uint32_t parts) {
  const struct windows w = windows_of(geometry);
  const size_t filters = geometry->filters;
  const struct range allFilters = {0, filters};
  const struct range allTaps = {0, taps_of(&w)};
  if (lists_pay(&w, dy, rows, filters)) {
    const struct range own = range_of(filters, 1, part, parts);
    if (own.first >= own.end) return;
    const size_t done = sparse_filter_gradient(&w, x, dy, dw, rows, filters, own);
    dense_filter_gradient(&w, x, dy, dw, done, rows, filters, allTaps, own);
  } else {
    const struct range own = range_of(allTaps.end, TILE_ROWS, part, parts);
    if (own.first >= own.end) return;
    fill_zeros(dw + own.first * filters, (own.end - own.first) * filters);
    dense_filter_gradient(&w, x, dy, dw, 0, rows, filters, own, allFilters);
  }
}

void KERNEL(conv2dFilterGradient)(const float *x, const float *dy, float *dw, uint32_t rows,
                                  const struct convolution_geometry *geometry) {
  KERNEL(conv2dFilterGradientPart)(x, dy, dw, rows, geometry, 0, 1);
}
