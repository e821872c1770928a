#include "convolution/sparse-filter-gradient.h"

#include "arrays/columns.h"
#include "arrays/floats.h"
#include "arrays/nonzeros.h"
#include "convolution/blocks.h"
#include "convolution/views.h"

/* Up to this share of nonzero gradients it is faster than the dense way, as measured. */
#if defined(__AVX512F__)
#define LIST_PERCENT 55
#elif defined(__AVX2__)
#define LIST_PERCENT 65
#else
#define LIST_PERCENT 90
#endif

/* Places of a block, and filters of a group: the lists stay near. */
#define LIST_PLACES 128
#define LIST_FILTERS 64
/* Floats of the sums: filters × vectors of a window. */
#define SUM_FLOATS (1 << 16)
#define PART_VECTORS 12

/*
 * Each filter's nonzero output gradients of a block, and where the windows of their places begin; with room for a vector
 * more, for writing before counting.
 */
struct lists {
  uint32_t counts[LIST_FILTERS];
  uint32_t offsets[LIST_FILTERS][LIST_PLACES + LANES];
  float values[LIST_FILTERS][LIST_PLACES + LANES];
};

/* Rows of a window as vectors; the last of a row may overlap the one before. */
struct tap_vectors {
  size_t rowLength, rowVectors, total;
};

static struct tap_vectors tap_vectors_of(const struct windows *w) {
  const size_t rowLength = w->kernelWidth * w->channels;
  const size_t rowVectors = (rowLength + LANES - 1) / LANES;
  return (struct tap_vectors){rowLength, rowVectors, w->kernelHeight * rowVectors};
}

int lists_pay(const struct windows *w, const float *dy, size_t rows, size_t filters) {
  const size_t length = rows * w->outHeight * w->outWidth * filters;
  const struct tap_vectors taps = tap_vectors_of(w);
  return taps.rowLength >= LANES && filters * taps.total * LANES <= SUM_FLOATS &&
         seen_floats(w, 1, smaller(w->outWidth, LIST_PLACES)) <= SCRATCH_FLOATS &&
         few_nonzeros(dy, length, LIST_PERCENT);
}

/* Adds the gradients of one place to the lists of filters first … first + count − 1. */
static void append_place(uint32_t place, const float *gradients, size_t first, size_t count,
                         struct lists *lists) {
  uint32_t indices[LIST_FILTERS + LANES];
  float values[LIST_FILTERS + LANES];
  const size_t found = collect_nonzeros(gradients, count, indices, values);
  for (size_t i = 0; i < found; i++) {
    const size_t f = first + indices[i];
    const uint32_t end = lists->counts[f]++;
    lists->offsets[f][end] = place;
    lists->values[f][end] = values[i];
  }
}

/* Adds those of places whose gradients follow one another, `filters` floats apart, to the lists of the first filters. */
static void append_places(const uint32_t *places, size_t placeCount, const float *dy,
                          size_t filters, size_t count, struct lists *lists) {
  size_t p = 0;
#if defined(__AVX512F__)
  /* Sixteen places of sixteen filters at a time: what a filter has there leaves in one go. */
  for (; p + LANES <= placeCount; p += LANES) {
    const __m512i offsets = _mm512_loadu_si512(places + p);
    size_t f = 0;
    for (; f + LANES <= count; f += LANES) {
      __m512 columns[LANES];
      load_columns(dy + p * filters + f, filters, columns);
      UNROLLED_SLICE for (size_t l = 0; l < LANES; l++) {
        const __mmask16 bits = _mm512_cmp_ps_mask(columns[l], _mm512_setzero_ps(), _CMP_NEQ_UQ);
        const uint32_t end = lists->counts[f + l];
        _mm512_storeu_si512(lists->offsets[f + l] + end,
                            _mm512_maskz_compress_epi32(bits, offsets));
        _mm512_storeu_ps(lists->values[f + l] + end, _mm512_maskz_compress_ps(bits, columns[l]));
        lists->counts[f + l] = end + (uint32_t)__builtin_popcount(bits);
      }
    }
    for (size_t i = p; f < count && i < p + LANES; i++) {
      append_place(places[i], dy + i * filters + f, f, count - f, lists);
    }
  }
#endif
  for (; p < placeCount; p++) append_place(places[p], dy + p * filters, 0, count, lists);
}

/* The lists of filters first … first + count − 1 over a block. */
static void fill_lists(const struct windows *w, const struct block *block, const uint32_t *places,
                       const float *dy, size_t filters, size_t first, size_t count,
                       struct lists *lists) {
  for (size_t f = 0; f < count; f++) lists->counts[f] = 0;
  /* Whole rows follow each other without a gap. */
  const int together = block->columns == w->outWidth;
  const size_t columns = together ? block->rows * block->columns : block->columns;
  for (size_t row = 0; row < (together ? 1 : block->rows); row++) {
    const size_t place = (block->firstRow + row) * w->outWidth + block->firstColumn;
    append_places(places + row * columns, columns, dy + place * filters + first, filters, count,
                  lists);
  }
}

/* sums[vectors] += Σ value · window, a part of a window's row; `last` is where the part's last vector begins. */
ALWAYS_INLINE void sum_windows(const int vectors, const float *view, const uint32_t *offsets,
                               const float *values, size_t count, size_t last, float *sums) {
  vector parts[PART_VECTORS];
  UNROLLED_SLICE for (int j = 0; j < vectors; j++) parts[j] = *(const vector *)(sums + j * LANES);
  for (size_t e = 0; e < count; e++) {
    const float *window = view + offsets[e];
    const float value = values[e];
    UNROLLED_SLICE for (int j = 0; j < vectors; j++) {
      parts[j] += value * *(const vector *)(window + (j == vectors - 1 ? last : (size_t)j * LANES));
    }
  }
  UNROLLED_SLICE for (int j = 0; j < vectors; j++) * (vector *)(sums + j * LANES) = parts[j];
}

typedef void sum_function(const float *view, const uint32_t *offsets, const float *values,
                          size_t count, size_t last, float *sums);

#define DEFINE_SUM(vectors)                                                                        \
  static void sum_windows_##vectors(const float *view, const uint32_t *offsets,                    \
                                    const float *values, size_t count, size_t last, float *sums) { \
    sum_windows(vectors, view, offsets, values, count, last, sums);                                \
  }
DEFINE_SUM(1)
DEFINE_SUM(2)
DEFINE_SUM(3)
DEFINE_SUM(4)
DEFINE_SUM(5)
DEFINE_SUM(6)
DEFINE_SUM(7)
DEFINE_SUM(8)
DEFINE_SUM(9)
DEFINE_SUM(10)
DEFINE_SUM(11)
DEFINE_SUM(12)

static sum_function *const sumsOfWindows[PART_VECTORS] = {
    sum_windows_1, sum_windows_2, sum_windows_3, sum_windows_4,  sum_windows_5,  sum_windows_6,
    sum_windows_7, sum_windows_8, sum_windows_9, sum_windows_10, sum_windows_11, sum_windows_12,
};

/* Adds a block's terms to the sums [count filters][vectors of a window]. */
static void sum_block(const struct tap_vectors *taps, const struct view *view,
                      const struct lists *lists, size_t count, size_t kernelHeight, float *sums) {
  const size_t parts = (taps->rowVectors + PART_VECTORS - 1) / PART_VECTORS;
  for (size_t row = 0; row < kernelHeight; row++) {
    for (size_t part = 0; part < parts; part++) {
      const size_t first = part * taps->rowVectors / parts;
      const size_t vectors = (part + 1) * taps->rowVectors / parts - first;
      const size_t start = smaller(first * LANES, taps->rowLength - LANES);
      const size_t last = smaller((first + vectors - 1) * LANES, taps->rowLength - LANES) - start;
      const float *window = view->origin + row * view->rowStride + start;
      float *place = sums + (row * taps->rowVectors + first) * LANES;
      for (size_t f = 0; f < count; f++) {
        if (lists->counts[f] > 0) {
          sumsOfWindows[vectors - 1](window, lists->offsets[f], lists->values[f], lists->counts[f],
                                     last, place + f * taps->total * LANES);
        }
      }
    }
  }
}

/* Some filters of dw from their sums [filter][vectors of a window]. */
static void unpack_sums(const struct windows *w, const struct tap_vectors *taps, const float *sums,
                        size_t filters, struct range own, float *dw) {
  for (size_t row = 0; row < w->kernelHeight; row++) {
    for (size_t v = 0; v < taps->rowVectors; v++) {
      const size_t start = row * taps->rowLength + smaller(v * LANES, taps->rowLength - LANES);
      for (size_t l = 0; l < LANES; l++) {
        for (size_t f = own.first; f < own.end; f++) {
          dw[(start + l) * filters + f] =
              sums[((f - own.first) * taps->total + row * taps->rowVectors + v) * LANES + l];
        }
      }
    }
  }
}

size_t sparse_filter_gradient(const struct windows *w, const float *x, const float *dy, float *dw,
                              size_t rows, size_t filters, struct range own) {
  float scratch[SCRATCH_FLOATS] __attribute__((aligned(64)));
  float totals[SUM_FLOATS] __attribute__((aligned(64)));
  float sums[SUM_FLOATS] __attribute__((aligned(64)));
  struct lists lists;
  uint32_t places[LIST_PLACES];
  const struct tap_vectors taps = tap_vectors_of(w);
  const struct blocks blocks = blocks_of(w, LIST_PLACES);
  const size_t imageSize = w->height * w->width * w->channels;
  const size_t windowLength = taps.total * LANES;
  fill_zeros(totals, (own.end - own.first) * windowLength);
  size_t r = 0;
  for (; r < rows; r++) {
    const float *image = x + r * imageSize;
    const float *gradient = dy + r * w->outHeight * w->outWidth * filters;
    if (KERNEL(countNonFinite)(image, (uint32_t)imageSize) > 0) break;
    for (size_t first = own.first; first < own.end; first += LIST_FILTERS) {
      const size_t count = smaller(LIST_FILTERS, own.end - first);
      struct block block = {0};
      fill_zeros(sums, count * windowLength);
      while (next_block(w, &blocks, &block)) {
        const struct view view = view_of(w, blocks.sight, image, &block, 0, 0, scratch);
        locate_places(w, &block, view.rowStride, places);
        fill_lists(w, &block, places, gradient, filters, first, count, &lists);
        sum_block(&taps, &view, &lists, count, w->kernelHeight, sums);
      }
      float *total = totals + (first - own.first) * windowLength;
      ELEMENTWISE for (size_t i = 0; i < count * windowLength; i++) total[i] += sums[i];
    }
  }
  unpack_sums(w, &taps, totals, filters, own, dw);
  return r;
}
