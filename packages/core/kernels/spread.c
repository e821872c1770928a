/*
 * Convolution from the source's side: every nonzero value of a source pixel adds its window of weights to the outputs
 * that it reaches. Pixels and their channels are taken in ascending order, so each output gets its terms in the order in
 * which windows.c would sum them; terms of zeros are left out, which is exact while the weights are finite. Gradients
 * that come through a pooling or a relu are mostly zeros.
 */
#include "level.h"

struct spread {
  /* Of the source: [height, width, channels]. */
  size_t height, width, channels;
  /* Of the outputs: [outHeight, outWidth, outChannels]. */
  size_t outHeight, outWidth, outChannels;
  /* Source (y, x) reaches the rows y · strideY − padTop + [0, kernelHeight), and the columns alike. */
  size_t kernelHeight, kernelWidth, strideY, strideX;
  ptrdiff_t padTop, padLeft;
};

/* Vectors of a window that are summed at a time, in registers: a slice. The rest of the registers is for the terms. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define SLICE_VECTORS 24
#else
#define SLICE_VECTORS 12
#endif
#define SLICE_LEAST 4
/* Up to this share of nonzero sources it is faster than the dense way, as measured. */
#if defined(__AVX512F__)
#define SPREAD_PERCENT 35
#elif defined(__AVX2__)
#define SPREAD_PERCENT 50
#else
#define SPREAD_PERCENT 60
#endif
/* Fewer terms do not make up for fetching and storing their sums. */
#define LEAST_CHANNELS 8
#define MOST_SLICES 64
/* Floats of a slice's weights that leave the first cache room for the rest. */
#define SLICE_FLOATS 9216
#define SPREAD_PANEL_FLOATS (1 << 16)
#define RING_FLOATS (1 << 15)
#define ROW_ENTRIES (1 << 14)
/* Pixels' entries are filled up with zeros to a multiple of this. */
#define ENTRY_GROUP 2

/* The nonzero values of a source row's pixels, one pixel after the other, and their channels. */
struct row_entries {
  uint32_t channels[ROW_ENTRIES];
  float values[ROW_ENTRIES];
  /* How many of them each pixel has. */
  uint32_t counts[ROW_ENTRIES / ENTRY_GROUP];
};

/*
 * How windows are cut into vectors, and those into slices. A window's row is whole vectors, of which the last may
 * overlap the one before; then both are in one slice, which counts them once.
 */
struct slices {
  size_t rowLength, rowVectors, count;
  /* Vectors starts[i] … starts[i + 1] − 1 are slice i. */
  size_t starts[MOST_SLICES + 1];
};

static size_t window_vectors(const struct spread *s) {
  return s->kernelHeight * ((s->kernelWidth * s->outChannels + LANES - 1) / LANES);
}

/* Several rows a slice where they fit, otherwise several slices a row, of at least two vectors each. */
static struct slices slices_of(const struct spread *s) {
  struct slices slices = {.rowLength = s->kernelWidth * s->outChannels};
  slices.rowVectors = (slices.rowLength + LANES - 1) / LANES;
  size_t most = SLICE_FLOATS / (s->channels * LANES);
  most = most < SLICE_LEAST ? SLICE_LEAST : smaller(most, SLICE_VECTORS);
  const size_t total = s->kernelHeight * slices.rowVectors;
  if (slices.rowVectors <= most) {
    const size_t rows = most / slices.rowVectors;
    slices.count = (s->kernelHeight + rows - 1) / rows;
    for (size_t i = 0; i <= slices.count && i <= MOST_SLICES; i++) {
      slices.starts[i] = i * s->kernelHeight / slices.count * slices.rowVectors;
    }
    return slices;
  }
  const size_t parts = (slices.rowVectors + most - 1) / most;
  slices.count = s->kernelHeight * parts;
  for (size_t i = 0; i < slices.count && i < MOST_SLICES; i++) {
    slices.starts[i] = i / parts * slices.rowVectors + i % parts * slices.rowVectors / parts;
  }
  if (slices.count <= MOST_SLICES) slices.starts[slices.count] = total;
  return slices;
}

static size_t ring_columns(const struct spread *s) {
  return (s->width - 1) * s->strideX + s->kernelWidth;
}

/* Whether this way of working fits the sizes; the weights must be finite besides. */
static int spread_fits(const struct spread *s) {
  const struct slices slices = slices_of(s);
  return s->channels >= LEAST_CHANNELS && slices.rowLength >= LANES &&
         slices.count <= MOST_SLICES &&
         s->channels * window_vectors(s) * LANES <= SPREAD_PANEL_FLOATS &&
         s->kernelHeight * ring_columns(s) * s->outChannels <= RING_FLOATS &&
         s->width * (s->channels + ENTRY_GROUP) + LANES <= ROW_ENTRIES;
}

/* Where in its row a window's vector begins. */
static size_t vector_start(const struct slices *slices, size_t v) {
  return smaller(v % slices->rowVectors * LANES, slices->rowLength - LANES);
}

static void collect_row(const struct spread *s, const float *row, struct row_entries *entries) {
  size_t start = 0;
  for (size_t x = 0; x < s->width; x++) {
    uint32_t *channels = entries->channels + start;
    float *values = entries->values + start;
    size_t count = collect_nonzeros(row + x * s->channels, s->channels, channels, values);
    for (; count % ENTRY_GROUP != 0; count++) {
      channels[count] = 0;
      values[count] = 0.0f;
    }
    entries->counts[x] = (uint32_t)count;
    start += count;
  }
}

/* Vector j at out + places[j] += Σ value · vector j of weights[channel]. */
ALWAYS_INLINE void spread_slice(const int vectors, const uint32_t *channels, const float *values,
                                size_t count, const float *weights, float *out,
                                const uint32_t *places) {
  vector sums[SLICE_VECTORS];
  UNROLLED_SLICE for (int j = 0; j < vectors; j++) sums[j] = *(const vector *)(out + places[j]);
  for (size_t e = 0; e < count; e += ENTRY_GROUP) {
    UNROLLED for (size_t u = 0; u < ENTRY_GROUP; u++) {
      const float value = values[e + u];
      const float *row = weights + (size_t)channels[e + u] * (size_t)(vectors * LANES);
      UNROLLED_SLICE for (int j = 0; j < vectors; j++) {
        sums[j] += value * *(const vector *)(row + j * LANES);
      }
    }
  }
  UNROLLED_SLICE for (int j = 0; j < vectors; j++) *(vector *)(out + places[j]) = sums[j];
}

typedef void spread_function(const uint32_t *channels, const float *values, size_t count,
                             const float *weights, float *out, const uint32_t *places);

#define DEFINE_SPREAD(vectors)                                                                     \
  static void spread_##vectors(const uint32_t *channels, const float *values, size_t count,        \
                               const float *weights, float *out, const uint32_t *places) {         \
    spread_slice(vectors, channels, values, count, weights, out, places);                          \
  }
DEFINE_SPREAD(1)
DEFINE_SPREAD(2)
DEFINE_SPREAD(3)
DEFINE_SPREAD(4)
DEFINE_SPREAD(5)
DEFINE_SPREAD(6)
DEFINE_SPREAD(7)
DEFINE_SPREAD(8)
DEFINE_SPREAD(9)
DEFINE_SPREAD(10)
DEFINE_SPREAD(11)
DEFINE_SPREAD(12)
#if SLICE_VECTORS == 24
DEFINE_SPREAD(13)
DEFINE_SPREAD(14)
DEFINE_SPREAD(15)
DEFINE_SPREAD(16)
DEFINE_SPREAD(17)
DEFINE_SPREAD(18)
DEFINE_SPREAD(19)
DEFINE_SPREAD(20)
DEFINE_SPREAD(21)
DEFINE_SPREAD(22)
DEFINE_SPREAD(23)
DEFINE_SPREAD(24)
#endif

static spread_function *const spreads[SLICE_VECTORS] = {
    spread_1,  spread_2,  spread_3,  spread_4,  spread_5,  spread_6,
    spread_7,  spread_8,  spread_9,  spread_10, spread_11, spread_12,
#if SLICE_VECTORS == 24
    spread_13, spread_14, spread_15, spread_16, spread_17, spread_18,
    spread_19, spread_20, spread_21, spread_22, spread_23, spread_24,
#endif
};

/* Outputs `from` … `to` − 1 of an image are complete: they leave the ring, whose first row is output `top`. */
static void complete_rows(const struct spread *s, float *ring, ptrdiff_t top, ptrdiff_t from,
                          ptrdiff_t to, float *out) {
  const size_t columns = ring_columns(s);
  const size_t rowLength = columns * s->outChannels;
  const struct windows row = {.height = 1, .width = columns, .channels = s->outChannels};
  for (ptrdiff_t o = from; o < to; o++) {
    const int inside = o >= 0 && o < (ptrdiff_t)s->outHeight;
    float *outRow = out + o * (ptrdiff_t)(s->outWidth * s->outChannels);
    if (o < top || o >= top + (ptrdiff_t)s->kernelHeight) {
      if (inside) fill_zeros(outRow, s->outWidth * s->outChannels);
      continue;
    }
    float *ringRow = ring + (size_t)(o + s->padTop) % s->kernelHeight * rowLength;
    if (inside) copy_row(&row, ringRow, 0, s->padLeft, s->outWidth, outRow);
    fill_zeros(ringRow, rowLength);
  }
}

/* One source row's entries, added to the ring; places[v] is where in it a first window's vector v begins. */
static void spread_row(const struct spread *s, const struct slices *slices,
                       const struct row_entries *entries, const float *panels, float *ring,
                       const uint32_t *places) {
  const size_t pixelStep = s->strideX * s->outChannels;
  /* From the last slice to the first: an output meets an earlier pixel farther back in the window. */
  for (size_t slice = slices->count; slice-- > 0;) {
    const size_t first = slices->starts[slice];
    const size_t vectors = slices->starts[slice + 1] - first;
    const float *weights = panels + first * s->channels * LANES;
    size_t entry = 0;
    for (size_t x = 0; x < s->width; x++) {
      const size_t count = entries->counts[x];
      if (count > 0) {
        spreads[vectors - 1](entries->channels + entry, entries->values + entry, count, weights,
                             ring + x * pixelStep, places + first);
      }
      entry += count;
    }
  }
}

/*
 * outputs[rows, outHeight, outWidth, outChannels] of sources[rows, height, width, channels]. The panels follow each
 * other; a slice's panel holds its vectors of the first channel, then of the second …
 */
static void spread(const float *sources, size_t rows, const struct spread *s, const float *panels,
                   float *outputs) {
  float ring[RING_FLOATS] __attribute__((aligned(64)));
  struct row_entries entries;
  uint32_t places[MOST_SLICES * SLICE_VECTORS];
  const struct slices slices = slices_of(s);
  const size_t vectors = window_vectors(s);
  const size_t rowLength = ring_columns(s) * s->outChannels;
  for (size_t r = 0; r < rows; r++) {
    const float *source = sources + r * s->height * s->width * s->channels;
    float *out = outputs + r * s->outHeight * s->outWidth * s->outChannels;
    ptrdiff_t top = -s->padTop;
    ptrdiff_t done = top < 0 ? top : 0;
    fill_zeros(ring, s->kernelHeight * rowLength);
    for (size_t y = 0; y < s->height; y++) {
      const ptrdiff_t newTop = (ptrdiff_t)(y * s->strideY) - s->padTop;
      complete_rows(s, ring, top, done, newTop, out);
      done = newTop > done ? newTop : done;
      top = newTop;
      collect_row(s, source + y * s->width * s->channels, &entries);
      for (size_t v = 0; v < vectors; v++) {
        const size_t row = (y * s->strideY + v / slices.rowVectors) % s->kernelHeight;
        places[v] = (uint32_t)(row * rowLength + vector_start(&slices, v));
      }
      spread_row(s, &slices, &entries, panels, ring, places);
    }
    complete_rows(s, ring, top, done, (ptrdiff_t)s->outHeight, out);
  }
}

/* Where the weights are: that of tap (row, column), output channel and source channel, as distances in floats. */
struct spread_weights {
  const float *values;
  ptrdiff_t row, column, outChannel, channel;
};

static void pack_spread(const struct spread *s, const struct spread_weights *w, float *panels) {
  const struct slices slices = slices_of(s);
  for (size_t slice = 0; slice < slices.count; slice++) {
    const size_t first = slices.starts[slice];
    const size_t vectors = slices.starts[slice + 1] - first;
    for (size_t v = 0; v < vectors; v++) {
      const ptrdiff_t row = (ptrdiff_t)((first + v) / slices.rowVectors) * w->row;
      const size_t start = vector_start(&slices, first + v);
      for (size_t l = 0; l < LANES; l++) {
        const ptrdiff_t column = (ptrdiff_t)((start + l) / s->outChannels) * w->column;
        const ptrdiff_t out = (ptrdiff_t)((start + l) % s->outChannels) * w->outChannel;
        const float *from = w->values + row + column + out;
        float *to = panels + v * LANES + l;
        for (size_t c = 0; c < s->channels; c++) {
          to[c * vectors * LANES] = from[(ptrdiff_t)c * w->channel];
        }
      }
    }
    panels += s->channels * vectors * LANES;
  }
}

/* Whether this way may be taken, as the weights are finite, and should be. */
static int spread_pays(const struct spread *s, const float *sources, size_t rows,
                       const float *weights) {
  const size_t length = rows * s->height * s->width * s->channels;
  const size_t count = s->kernelHeight * s->kernelWidth * s->outChannels * s->channels;
  /* Outputs that would leave a tile partly empty make it worth while with any sources. */
  return spread_fits(s) &&
         (s->outChannels < LANES || few_nonzeros(sources, length, SPREAD_PERCENT)) &&
         KERNEL(countNonFinite)(weights, (uint32_t)count) == 0;
}

static void spread_packed(const float *sources, size_t rows, const struct spread *s,
                          const struct spread_weights *w, float *outputs) {
  float panels[SPREAD_PANEL_FLOATS] __attribute__((aligned(64)));
  pack_spread(s, w, panels);
  spread(sources, rows, s, panels, outputs);
}
