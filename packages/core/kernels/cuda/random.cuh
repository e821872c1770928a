/*
 * Philox4x32-10: one thread a block of four words. `keys` holds the two words of each trial's key, side by side for the
 * trials that run side by side.
 */
#include "cuda/gpu.cuh"

struct four_words {
  uint32_t word[4];
};

DEVICE struct four_words philox_words(uint32_t block, uint32_t counterHigh, const uint32_t *keys) {
  uint32_t c0 = block, c1 = counterHigh, c2 = 0, c3 = 0;
  uint32_t k0 = keys[2 * blockIdx.z];
  uint32_t k1 = keys[2 * blockIdx.z + 1];
  for (int round = 0; round < 10; round++) {
    const uint64_t product0 = (uint64_t)0xd2511f53u * c0;
    const uint64_t product1 = (uint64_t)0xcd9e8d57u * c2;
    c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)product1;
    c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)product0;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  const struct four_words words = {{c0, c1, c2, c3}};
  return words;
}

/* The upper 24 bits of a word as a multiple of 2^-24 in [0, 1). */
DEVICE float unit_of(uint32_t word) { return (float)(int32_t)(word >> 8) * 0x1p-24f; }

GLOBAL(philox)
(struct arena arena, uint32_t *out, uint32_t length, const uint32_t *keys, uint32_t counterHigh) {
  uint32_t *to = own(arena, out);
  EACH(block, ((size_t)length + 3) / 4) {
    const struct four_words words = philox_words((uint32_t)block, counterHigh, keys);
#pragma unroll
    for (size_t lane = 0; lane < 4; lane++) {
      const size_t i = 4 * block + lane;
      if (i < length) to[i] = words.word[lane];
    }
  }
}

GLOBAL(uniform)
(struct arena arena, float *out, uint32_t length, const uint32_t *keys, uint32_t counterHigh,
 float low, float high) {
  float *to = own(arena, out);
  const float width = high - low;
  EACH(block, ((size_t)length + 3) / 4) {
    const struct four_words words = philox_words((uint32_t)block, counterHigh, keys);
#pragma unroll
    for (size_t lane = 0; lane < 4; lane++) {
      const size_t i = 4 * block + lane;
      if (i < length) to[i] = __fadd_rn(low, __fmul_rn(unit_of(words.word[lane]), width));
    }
  }
}

GLOBAL(dropoutMask)
(struct arena arena, float *mask, uint32_t length, const uint32_t *keys, uint32_t counterHigh,
 float rate) {
  float *to = own(arena, mask);
  const float scale = 1.0f / (1.0f - rate);
  EACH(block, ((size_t)length + 3) / 4) {
    const struct four_words words = philox_words((uint32_t)block, counterHigh, keys);
#pragma unroll
    for (size_t lane = 0; lane < 4; lane++) {
      const size_t i = 4 * block + lane;
      if (i < length) to[i] = unit_of(words.word[lane]) >= rate ? scale : 0.0f;
    }
  }
}
