/* What blocks see of an image, and where in it their windows and taps lie. */
#ifndef LABPROOF_CONVOLUTION_VIEWS_H
#define LABPROOF_CONVOLUTION_VIEWS_H

#include "convolution/blocks.h"
#include "convolution/windows.h"
#include "level.h"

#define copy_row SHARED(copy_row)
#define view_of SHARED(view_of)
#define locate_taps SHARED(locate_taps)
#define locate_places SHARED(locate_places)

/* Where a block's windows are: the first tap of its first window, and the distance of two image rows. */
struct view {
  const float *origin;
  size_t rowStride;
};

/* The part of an image row from column `first` on, `columns` long, with zeros beyond the image. */
void copy_row(const struct windows *w, const float *image, ptrdiff_t row, ptrdiff_t first,
              size_t columns, float *out);

/* What a block sees of an image, at least the taps first … first + count − 1. */
struct view view_of(const struct windows *w, enum sight sight, const float *image,
                    const struct block *block, size_t first, size_t count, float *scratch);

/* Where the taps first … first + count − 1 lie from their window's first tap. */
void locate_taps(const struct windows *w, enum sight sight, size_t rowStride, size_t first,
                 size_t count, uint32_t *offsets);

/* Where the windows of a block's places begin, from the block's first one. */
void locate_places(const struct windows *w, const struct block *block, size_t rowStride,
                   uint32_t *offsets);

#endif
