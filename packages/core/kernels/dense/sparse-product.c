#include "dense/sparse-product.h"

#include "arrays/floats.h"
#include "dense/packing.h"

/* Columns of a panel, and the rows and the depth of a block. */
#if LANES == 16
#define SPARSE_VECTORS 4
#else
#define SPARSE_VECTORS 8
#endif
#define SPARSE_COLUMNS (SPARSE_VECTORS * LANES)
#define SPARSE_ROWS 128
#define SPARSE_DEPTH 128

/* Below these sizes, or with a larger share of nonzero factors, the dense product is faster. */
#define SPARSE_FROM_ROWS 16
#define SPARSE_FROM_COLUMNS (8 * LANES)
#define SPARSE_FROM_DEPTH 16

/* One nonzero factor, and where its row of the right panel begins, in bytes. */
struct term {
  uint32_t offset;
  float factor;
};

/* The nonzero terms of each row of a block, in ascending order; one more place, for writing before counting. */
struct terms {
  uint32_t counts[SPARSE_ROWS];
  struct term lists[SPARSE_ROWS][SPARSE_DEPTH + 1];
};

typedef uint64_t two_floats __attribute__((aligned(4), may_alias));

/* Whether eight floats are all +0 or −0. */
ALWAYS_INLINE int eight_zeros(const float *x) {
  const two_floats *pairs = (const two_floats *)x;
  return ((pairs[0] | pairs[1] | pairs[2] | pairs[3]) & 0x7fffffff7fffffffu) == 0;
}

ALWAYS_INLINE void append(struct terms *terms, size_t row, size_t offset, float factor) {
  terms->lists[row][terms->counts[row]] = (struct term){(uint32_t)offset, factor};
  terms->counts[row] += factor != 0.0f;
}

static void collect_terms(struct matrix a, size_t rows, size_t depth, size_t rowBytes,
                          struct terms *terms) {
  const size_t lines = a.layout == BY_ROW ? rows : depth;
  const size_t length = a.layout == BY_ROW ? depth : rows;
  for (size_t i = 0; i < rows; i++) terms->counts[i] = 0;
  for (size_t line = 0; line < lines; line++) {
    const float *values = a.values + line * a.stride;
    for (size_t first = 0; first < length; first += 8) {
      const size_t last = smaller(first + 8, length);
      if (last == first + 8 && eight_zeros(values + first)) continue;
      for (size_t i = first; i < last; i++) {
        if (a.layout == BY_ROW) {
          append(terms, line, i * rowBytes, values[i]);
        } else {
          append(terms, i, line * rowBytes, values[i]);
        }
      }
    }
  }
}

/* c[vectors · LANES] += Σ factor · row, starting from c where `onward`, else from +0. */
ALWAYS_INLINE void sparse_row(const int vectors, const struct term *terms, size_t count,
                              const float *panel, float *c, int onward) {
  vector sums[SPARSE_VECTORS];
  UNROLLED for (int j = 0; j < vectors; j++) {
    sums[j] = onward ? *(const vector *)(c + j * LANES) : (vector){0};
  }
  for (size_t t = 0; t < count; t++) {
    const vector *right = (const vector *)((const char *)panel + terms[t].offset);
    const float left = terms[t].factor;
    UNROLLED for (int j = 0; j < vectors; j++) sums[j] += left * right[j];
  }
  UNROLLED for (int j = 0; j < vectors; j++) * (vector *)(c + j * LANES) = sums[j];
}

/* All rows of a block against one panel of `width` columns, which the panel holds padded to whole vectors. */
static void sparse_panel(const struct terms *terms, size_t rows, size_t width, const float *panel,
                         float *c, size_t cStride, int onward) {
  if (width == SPARSE_COLUMNS) {
    for (size_t i = 0; i < rows; i++) {
      sparse_row(SPARSE_VECTORS, terms->lists[i], terms->counts[i], panel, c + i * cStride, onward);
    }
    return;
  }
  for (size_t i = 0; i < rows; i++) {
    for (size_t j = 0; j < width; j += LANES) {
      const size_t columns = smaller(LANES, width - j);
      float *out = c + i * cStride + j;
      float aside[LANES];
      for (size_t s = 0; onward && s < LANES; s++) aside[s] = s < columns ? out[s] : 0.0f;
      sparse_row(1, terms->lists[i], terms->counts[i], panel + j, aside, onward);
      for (size_t s = 0; s < columns; s++) out[s] = aside[s];
    }
  }
}

void sparse_product(struct matrix a, struct matrix b, float *c, size_t cStride, size_t rows,
                    size_t depth, size_t columns) {
  struct terms terms;
  float panel[SPARSE_DEPTH * SPARSE_COLUMNS] __attribute__((aligned(64)));
  for (size_t row = 0; row < rows; row += SPARSE_ROWS) {
    const size_t blockRows = smaller(SPARSE_ROWS, rows - row);
    for (size_t start = 0; start < depth; start += SPARSE_DEPTH) {
      const size_t length = smaller(SPARSE_DEPTH, depth - start);
      struct matrix left = a;
      left.values += a.layout == BY_ROW ? row * a.stride + start : start * a.stride + row;
      const size_t panelWidth = smaller(SPARSE_COLUMNS, (columns + LANES - 1) / LANES * LANES);
      collect_terms(left, blockRows, length, panelWidth * sizeof(float), &terms);
      for (size_t column = 0; column < columns; column += SPARSE_COLUMNS) {
        const size_t width = smaller(SPARSE_COLUMNS, columns - column);
        struct matrix right = b;
        right.values += start * b.stride + column;
        pack_rows(right, length, width, panelWidth, panel);
        sparse_panel(&terms, blockRows, width, panel, c + row * cStride + column, cStride,
                     start > 0);
      }
    }
  }
}

int sparse_pays(struct matrix a, struct matrix b, size_t rows, size_t depth, size_t columns) {
  if (rows < SPARSE_FROM_ROWS || depth < SPARSE_FROM_DEPTH || columns < SPARSE_FROM_COLUMNS) {
    return 0;
  }
  const size_t lines = a.layout == BY_ROW ? rows : depth;
  const size_t length = a.layout == BY_ROW ? depth : rows;
  size_t zeros = 0;
  for (size_t line = 0; line < lines; line++) {
    const float *values = a.values + line * a.stride;
    uint32_t ofLine = 0;
    for (size_t i = 0; i < length; i++) ofLine += values[i] == 0.0f;
    zeros += ofLine;
  }
  if (zeros < rows * depth / 8 * 5) return 0;
  for (size_t p = 0; p < depth; p++) {
    if (KERNEL(countNonFinite)(b.values + p * b.stride, (uint32_t)columns) > 0) return 0;
  }
  return 1;
}
