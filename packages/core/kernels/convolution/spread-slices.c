#include "convolution/spread-slices.h"

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
  UNROLLED_SLICE for (int j = 0; j < vectors; j++) * (vector *)(out + places[j]) = sums[j];
}

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

spread_function *const spreads[SLICE_VECTORS] = {
    spread_1,  spread_2,  spread_3,  spread_4,  spread_5,  spread_6,
    spread_7,  spread_8,  spread_9,  spread_10, spread_11, spread_12,
#if SLICE_VECTORS == 24
    spread_13, spread_14, spread_15, spread_16, spread_17, spread_18,
    spread_19, spread_20, spread_21, spread_22, spread_23, spread_24,
#endif
};
