/* Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC 2011) and what is drawn from it. */
#include "arrays/floats.h"
#include "level.h"
#include "threads/range.h"

/* Blocks of four words that are worked out side by side. */
#define GROUP 16
#define GROUP_WORDS (4 * GROUP)

struct stream {
  uint32_t key0, key1, counterHigh;
};

/* The words of blocks firstBlock … firstBlock + GROUP − 1. */
static void philox_group(struct stream stream, uint32_t firstBlock, uint32_t words[GROUP_WORDS]) {
  uint32_t c0[GROUP], c1[GROUP], c2[GROUP], c3[GROUP];
  for (uint32_t i = 0; i < GROUP; i++) {
    c0[i] = firstBlock + i;
    c1[i] = stream.counterHigh;
    c2[i] = 0;
    c3[i] = 0;
  }
  uint32_t k0 = stream.key0;
  uint32_t k1 = stream.key1;
  for (int round = 0; round < 10; round++) {
    ROLLED for (uint32_t i = 0; i < GROUP; i++) {
      const uint64_t product0 = (uint64_t)0xd2511f53u * c0[i];
      const uint64_t product1 = (uint64_t)0xcd9e8d57u * c2[i];
      c0[i] = (uint32_t)(product1 >> 32) ^ c1[i] ^ k0;
      c1[i] = (uint32_t)product1;
      c2[i] = (uint32_t)(product0 >> 32) ^ c3[i] ^ k1;
      c3[i] = (uint32_t)product0;
    }
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  for (uint32_t i = 0; i < GROUP; i++) {
    words[4 * i] = c0[i];
    words[4 * i + 1] = c1[i];
    words[4 * i + 2] = c2[i];
    words[4 * i + 3] = c3[i];
  }
}

/* The upper 24 bits of a word as a multiple of 2^-24 in [0, 1). */
ALWAYS_INLINE float unit(uint32_t word) { return (float)(int32_t)(word >> 8) * 0x1p-24f; }

void KERNEL(philox)(uint32_t *out, uint32_t length, uint32_t key0, uint32_t key1,
                    uint32_t counterHigh) {
  const struct stream stream = {key0, key1, counterHigh};
  uint32_t words[GROUP_WORDS];
  for (size_t start = 0; start < length; start += GROUP_WORDS) {
    const size_t count = smaller(GROUP_WORDS, length - start);
    philox_group(stream, (uint32_t)(start / 4), words);
    for (size_t i = 0; i < count; i++) out[start + i] = words[i];
  }
}

void KERNEL(uniform)(float *out, uint32_t length, uint32_t key0, uint32_t key1,
                     uint32_t counterHigh, float low, float high) {
  const struct stream stream = {key0, key1, counterHigh};
  const float width = high - low;
  uint32_t words[GROUP_WORDS];
  for (size_t start = 0; start < length; start += GROUP_WORDS) {
    const size_t count = smaller(GROUP_WORDS, length - start);
    philox_group(stream, (uint32_t)(start / 4), words);
    for (size_t i = 0; i < count; i++) out[start + i] = low + unit(words[i]) * width;
  }
}

void KERNEL(dropoutMaskPart)(float *mask, uint32_t length, uint32_t key0, uint32_t key1,
                             uint32_t counterHigh, float rate, uint32_t part, uint32_t parts) {
  const struct stream stream = {key0, key1, counterHigh};
  const struct range range = range_of(length, GROUP_WORDS, part, parts);
  const float scale = 1.0f / (1.0f - rate);
  uint32_t words[GROUP_WORDS];
  for (size_t start = range.first; start < range.end; start += GROUP_WORDS) {
    const size_t count = smaller(GROUP_WORDS, range.end - start);
    philox_group(stream, (uint32_t)(start / 4), words);
    for (size_t i = 0; i < count; i++) mask[start + i] = unit(words[i]) >= rate ? scale : 0.0f;
  }
}

void KERNEL(dropoutMask)(float *mask, uint32_t length, uint32_t key0, uint32_t key1,
                         uint32_t counterHigh, float rate) {
  KERNEL(dropoutMaskPart)(mask, length, key0, key1, counterHigh, rate, 0, 1);
}
