/*
 * What the sources for a GPU stand on. They are compiled to PTX by NVRTC, and by a C++ compiler with LABPROOF_EMULATED
 * for tests on machines without a GPU. Of the C kernels those are shared whose loops are `EACH`: one thread an index.
 */
#ifndef LABPROOF_GPU_CUH
#define LABPROOF_GPU_CUH

#if defined(LABPROOF_EMULATED)
#include "emulated.h"
#else
typedef unsigned char uint8_t;
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long long int64_t;
typedef unsigned long long uint64_t;
#define __builtin_fabsf fabsf
#define __builtin_sqrtf __fsqrt_rn
#define __builtin_inff() __int_as_float(0x7f800000)
#define __builtin_nanf(payload) __int_as_float(0x7fc00000)
#endif

#define DEVICE static __device__ __forceinline__
#define DEVICE_MEMBER __device__ __forceinline__
#define ALWAYS_INLINE DEVICE
#define ELEMENTWISE
#define UNROLLED
#define ROLLED
#define restrict __restrict__
#define KERNEL(name) name##_each
#define EACH(i, length)                                                                            \
  for (size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x; i < (length);                     \
       i += (size_t)gridDim.x * blockDim.x)

/* The same with 32 bits, in which a GPU divides much faster; no array has 2^32 elements (the launcher sees to it). */
#define EACH_OF_ARRAY(i, length)                                                                   \
  for (uint32_t i = blockIdx.x * blockDim.x + threadIdx.x; i < (uint32_t)(length);                 \
       i += gridDim.x * blockDim.x)

/* A kernel as the loader finds it. Its first argument says where the trials that run side by side lie. */
#define GLOBAL(name) extern "C" __global__ void labproof_##name
#define TILE_THREADS 128
#define TILED(name) extern "C" __global__ void __launch_bounds__(TILE_THREADS, 3) labproof_##name

/* The memory of the first of the trials that run side by side; that of the next begins `stride` bytes on. */
struct arena {
  uint64_t base, stride;
};

/* The same place in the memory of this block's trial. What lies outside the arena, as a data set, is common to all. */
template <class T> DEVICE T *own(const struct arena &arena, T *pointer) {
  /* Arithmetic on the pointer itself: the compiler still knows that it points to device memory. */
  const bool inside = (uint64_t)pointer - arena.base < arena.stride;
  return (T *)((const char *)pointer + (inside ? blockIdx.z * arena.stride : 0));
}

#endif
