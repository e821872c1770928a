/* How many values are NaN or infinite. */
#include "elementary/bits.h"
#include "level.h"

uint32_t KERNEL(countNonFinite)(const float *x, uint32_t length) {
  uint32_t count = 0;
  for (size_t i = 0; i < length; i++) {
    const union float_bits u = {x[i]};
    count += (u.bits & 0x7f800000) == 0x7f800000;
  }
  return count;
}
