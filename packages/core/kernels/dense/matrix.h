/* A factor of a product. */
#ifndef LABPROOF_DENSE_MATRIX_H
#define LABPROOF_DENSE_MATRIX_H

#include "level.h"

/* How element (i, p) of the left factor is stored: at a[i · stride + p], or at a[p · stride + i]. */
enum layout { BY_ROW, BY_COLUMN };

struct matrix {
  const float *values;
  size_t stride;
  enum layout layout;
};

#endif
