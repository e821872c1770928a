/*
 * The language of the GPU sources for a C++ compiler, so that their arithmetic can be tested without a GPU: the threads
 * of a block are fibers that take turns at every barrier, the blocks run one after the other.
 */
#ifndef LABPROOF_EMULATED_H
#define LABPROOF_EMULATED_H

#include <stddef.h>
#include <stdint.h>

#define __device__
#define __global__
#define __forceinline__ inline
#define __shared__ static
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))

struct dim3 {
  uint32_t x, y, z;
};
struct float2 {
  float x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};

extern dim3 blockIdx, threadIdx, blockDim, gridDim;
void __syncthreads();

static inline float __fadd_rn(float a, float b) { return a + b; }
static inline float __fmul_rn(float a, float b) { return a * b; }
static inline uint32_t atomicAdd(uint32_t *counter, uint32_t value) {
  const uint32_t before = *counter;
  *counter += value;
  return before;
}
static inline float4 make_float4(float x, float y, float z, float w) { return float4{x, y, z, w}; }

#endif
