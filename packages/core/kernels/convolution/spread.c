#include "convolution/spread.h"

#include "arrays/floats.h"
#include "arrays/nonzeros.h"
#include "convolution/spread-slices.h"
#include "convolution/views.h"
#include "convolution/windows.h"

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
#define SPREAD_PANEL_FLOATS (1 << 16)
#define RING_FLOATS (1 << 15)
#define ROW_ENTRIES (1 << 14)

/* The nonzero values of a source row's pixels, one pixel after the other, and their channels. */
struct row_entries {
  uint32_t channels[ROW_ENTRIES];
  float values[ROW_ENTRIES];
  /* How many of them each pixel has. */
  uint32_t counts[ROW_ENTRIES / ENTRY_GROUP];
};

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

int spread_pays(const struct spread *s, const float *sources, size_t rows, const float *weights) {
  const size_t length = rows * s->height * s->width * s->channels;
  const size_t count = s->kernelHeight * s->kernelWidth * s->outChannels * s->channels;
  /* Outputs that would leave a tile partly empty make it worth while with any sources. */
  return spread_fits(s) &&
         (s->outChannels < LANES || few_nonzeros(sources, length, SPREAD_PERCENT)) &&
         KERNEL(countNonFinite)(weights, (uint32_t)count) == 0;
}

void spread_packed(const float *sources, size_t rows, const struct spread *s,
                   const struct spread_weights *w, float *outputs) {
  float panels[SPREAD_PANEL_FLOATS] __attribute__((aligned(64)));
  pack_spread(s, w, panels);
  spread(sources, rows, s, panels, outputs);
}
