/*
 * What the processor and its system offer, for the choice of a level: asked of the processor itself, because the
 * compilers' own ways (`__builtin_cpu_supports`) need a library that not every one of them brings along.
 */
#ifndef LABPROOF_CPU_H
#define LABPROOF_CPU_H

#if defined(__x86_64__)
#include <cpuid.h>
#include <stdint.h>

/* The registers that the system saves for a thread: XCR0 of Intel's manual, volume 1, chapter 13; 0 where it has none. */
static uint32_t saved_registers(void) {
  uint32_t eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE)) return 0;
  __asm__ volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  return eax;
}

/* Bits of CPUID leaf 7, register EBX. */
static uint32_t extensions(void) {
  uint32_t eax, ebx, ecx, edx;
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) ? ebx : 0;
}

#define AVX_STATE 0x06u /* xmm, ymm */
#if defined(__APPLE__)
/* macOS begins to save these registers when a thread first uses them. */
#define AVX512_STATE AVX_STATE
#else
#define AVX512_STATE 0xe6u /* xmm, ymm, masks, zmm */
#endif
#define AVX2_BITS (1u << 5)
#define AVX512_BITS (1u << 16 | 1u << 17 | 1u << 30 | 1u << 31) /* F, DQ, BW, VL */

static int has(uint32_t bits, uint32_t wanted) { return (bits & wanted) == wanted; }

static int supports_avx512(void) {
  return has(saved_registers(), AVX512_STATE) && has(extensions(), AVX512_BITS | AVX2_BITS);
}
static int supports_avx2(void) {
  return has(saved_registers(), AVX_STATE) && has(extensions(), AVX2_BITS);
}
static int supports_sse2(void) { return 1; }
#else
static int supports_neon(void) { return 1; }
#endif

#endif
