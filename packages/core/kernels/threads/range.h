/*
 * A share of the work of a kernel. Work is split over outputs alone: whoever computes an output adds all of its terms,
 * in their order, so that no bit depends on how many share.
 */
#ifndef LABPROOF_THREADS_RANGE_H
#define LABPROOF_THREADS_RANGE_H

#include <stddef.h>
#include <stdint.h>

struct range {
  size_t first, end;
};

/* Part `part` of `parts` of [0, length), cut at multiples of `grain`; empty where there are fewer of these than parts. */
static inline struct range range_of(size_t length, size_t grain, uint32_t part, uint32_t parts) {
  const size_t grains = (length + grain - 1) / grain;
  const size_t first = grains * part / parts * grain;
  const size_t end = grains * (part + 1) / parts * grain;
  return (struct range){first, end < length ? end : length};
}

#endif
