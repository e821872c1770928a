/*
 * Products whose left rows lie anywhere: element p of row i is at starts[i][steps[p]]. With it a convolution needs no
 * copy of its windows. As in matmul.c each sum takes its terms in ascending order, one lane an output.
 */
#ifndef LABPROOF_CONVOLUTION_SCATTERED_PRODUCT_H
#define LABPROOF_CONVOLUTION_SCATTERED_PRODUCT_H

#include "level.h"

#define scattered_product SHARED(scattered_product)

/* What becomes of the sums: they replace what is in the output, started from it, or are added to it as a whole. */
enum ending { REPLACE, GO_ON, ADD };

/* A tile of up to TILE_ROWS × TILE_COLUMNS outputs; b's rows hold whole vectors, the outputs only `columns` floats. */
void scattered_product(size_t rows, size_t columns, const float *const *starts,
                       const uint32_t *steps, size_t depth, const float *b, size_t bStride,
                       float *const *ends, enum ending ending);

#endif
