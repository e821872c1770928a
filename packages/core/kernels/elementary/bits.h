/* Floats as their bits. */
#ifndef LABPROOF_ELEMENTARY_BITS_H
#define LABPROOF_ELEMENTARY_BITS_H

#include <stdint.h>

union double_bits {
  double value;
  uint64_t bits;
};

union float_bits {
  float value;
  uint32_t bits;
};

#endif
