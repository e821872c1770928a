/*
 * Products whose left factor is mostly zeros, such as images: terms with a zero factor are left out. That is exact as
 * long as the right factor is finite, because such a term is ±0 and a sum that starts at +0 never becomes −0.
 * The terms that remain are added in the same order, with the same rounding, as the dense product adds them.
 */
#ifndef LABPROOF_DENSE_SPARSE_PRODUCT_H
#define LABPROOF_DENSE_SPARSE_PRODUCT_H

#include "dense/matrix.h"
#include "level.h"

#define sparse_product SHARED(sparse_product)
#define sparse_pays SHARED(sparse_pays)

/* The product of matmul.c for a left factor with many zeros and a finite right factor stored BY_ROW. */
void sparse_product(struct matrix a, struct matrix b, float *c, size_t cStride, size_t rows,
                    size_t depth, size_t columns);

/* Whether leaving out the zero factors of a is exact and likely faster. b is stored BY_ROW. */
int sparse_pays(struct matrix a, struct matrix b, size_t rows, size_t depth, size_t columns);

#endif
