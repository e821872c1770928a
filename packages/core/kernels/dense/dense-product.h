/*
 * Matrix products whose every output element is the sum of its terms in ascending order, each product and each sum
 * rounded: vectors run over the outputs, so their width changes no bit. Long sums are cut into blocks; between blocks
 * the partial sum waits in C, which is exact.
 */
#ifndef LABPROOF_DENSE_DENSE_PRODUCT_H
#define LABPROOF_DENSE_DENSE_PRODUCT_H

#include "dense/matrix.h"
#include "level.h"

#define dense_product SHARED(dense_product)

/* c[rows, columns] = a[rows, depth] · b[depth, columns]; b's layout BY_COLUMN means b(p, j) = b[j · stride + p]. */
void dense_product(struct matrix a, struct matrix b, float *c, size_t rows, size_t depth,
                   size_t columns);

#endif
