/*
 * A stand-in for `libcuda.so.1` on machines without a GPU: the driver's functions over this process's memory, and the
 * kernels' sources compiled for the processor. The threads of a block are fibers that take turns at every barrier; the
 * blocks run one after the other. It says nothing about a GPU's own arithmetic, speed or races.
 *
 * LABPROOF_STANDIN_FAIL=cuLaunchKernel@100=719 lets the 100th call of a function fail with that number, and every call
 * after a failed launch; LABPROOF_STANDIN_MEMORY is the size of the device, LABPROOF_STANDIN_MODULE=222 refuses PTX.
 */
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <sys/mman.h>
#include <ucontext.h>
#include <utility>
#include <vector>

#include "emulated.h"

dim3 blockIdx, threadIdx, blockDim, gridDim;

#include "cuda/kernels.cu"

namespace {

const size_t STACK = 1 << 18, PAGE = 1 << 12;

/* The driver may be called by several threads at once; there is one of everything here. */
std::mutex turn;
const uint32_t MOST_THREADS = 1024;

struct fiber {
  ucontext_t context;
  bool done;
};

fiber fibers[MOST_THREADS];
char *stacks = nullptr;
ucontext_t scheduler;
uint32_t current;
bool inFiber, synced;
typedef void invoke(void **parameters);
invoke *running;
void **arguments;

void fiber_main() {
  running(arguments);
  fibers[current].done = true;
  swapcontext(&fibers[current].context, &scheduler);
}

void start_fiber(uint32_t thread) {
  fiber &f = fibers[thread];
  f.done = false;
  getcontext(&f.context);
  f.context.uc_stack.ss_sp = stacks + thread * STACK;
  f.context.uc_stack.ss_size = STACK;
  f.context.uc_link = &scheduler;
  makecontext(&f.context, fiber_main, 0);
}

void resume(uint32_t thread) {
  current = thread;
  threadIdx = {thread, 0, 0};
  swapcontext(&scheduler, &fibers[thread].context);
}

/* A kernel whose first thread meets no barrier has none: its other threads need no fibers. */
void run_block() {
  const uint32_t threads = blockDim.x;
  if (stacks == nullptr) {
    /* A stack that overflows meets a page that nobody may touch, and not somebody's memory. */
    char *region = static_cast<char *>(mmap(nullptr, PAGE + MOST_THREADS * STACK, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    if (region == MAP_FAILED || mprotect(region, PAGE, PROT_NONE) != 0) abort();
    stacks = region + PAGE;
  }
  synced = false;
  start_fiber(0);
  resume(0);
  if (fibers[0].done && !synced) {
    for (uint32_t t = 1; t < threads; t++) {
      threadIdx = {t, 0, 0};
      running(arguments);
    }
    return;
  }
  for (uint32_t t = 1; t < threads; t++) {
    start_fiber(t);
    resume(t);
  }
  for (bool any = true; any;) {
    any = false;
    for (uint32_t t = 0; t < threads; t++) {
      if (fibers[t].done) continue;
      any = true;
      resume(t);
    }
  }
}

template <class... Types, size_t... Indices>
void call(void (*kernel)(Types...), void **parameters, std::index_sequence<Indices...>) {
  kernel(*static_cast<std::remove_reference_t<Types> *>(parameters[Indices])...);
}

template <auto Kernel> struct invoker;
template <class... Types, void (*Kernel)(Types...)> struct invoker<Kernel> {
  static void run(void **parameters) {
    call(Kernel, parameters, std::index_sequence_for<Types...>());
  }
};

const std::map<std::string, invoke *> entries = {
#define ENTRY(name) {#name, invoker<&name>::run},
#include "entries.h"
};

std::map<std::string, int> calls;
int broken = 0;
std::map<unsigned long long, size_t> allocations;
size_t taken = 0;

size_t capacity() {
  const char *given = getenv("LABPROOF_STANDIN_MEMORY");
  return given == nullptr ? (size_t)8 << 30 : strtoull(given, nullptr, 10);
}

/* What a call of this function is to return before it does anything. */
int failure(const char *name) {
  if (broken != 0) return broken;
  const int count = ++calls[name];
  const char *wish = getenv("LABPROOF_STANDIN_FAIL");
  if (wish == nullptr) return 0;
  char function[64];
  int at = 0, number = 0;
  if (sscanf(wish, "%63[^@]@%d=%d", function, &at, &number) != 3) return 0;
  if (strcmp(function, name) != 0 || at != count) return 0;
  if (strcmp(name, "cuLaunchKernel") == 0) broken = number;
  return number;
}

} // namespace

void __syncthreads() {
  synced = true;
  const uint32_t self = current;
  swapcontext(&fibers[self].context, &scheduler);
}

#define API extern "C" int
#define BEGIN(name)                                                                                \
  const std::lock_guard<std::mutex> mine(turn);                                                    \
  const int failed = failure(name);                                                                \
  if (failed != 0) return failed

API cuInit(unsigned) {
  BEGIN("cuInit");
  return 0;
}
API cuDriverGetVersion(int *version) {
  *version = 12000;
  return 0;
}
API cuDeviceGetCount(int *count) {
  BEGIN("cuDeviceGetCount");
  *count = 1;
  return 0;
}
API cuDeviceGet(int *device, int number) {
  *device = number;
  return 0;
}
API cuDeviceGetName(char *name, int length, int) {
  snprintf(name, length, "stand-in without a GPU");
  return 0;
}
API cuDeviceGetAttribute(int *value, int attribute, int) {
  *value = attribute == 75 ? 7 : attribute == 76 ? 5 : 4;
  return 0;
}
API cuDeviceTotalMem_v2(size_t *bytes, int) {
  *bytes = capacity();
  return 0;
}
API cuDevicePrimaryCtxRetain(void **context, int) {
  BEGIN("cuDevicePrimaryCtxRetain");
  *context = &scheduler;
  return 0;
}
API cuDevicePrimaryCtxRelease_v2(int) { return 0; }
API cuCtxSetCurrent(void *) { return 0; }
API cuStreamCreate(void **stream, unsigned) {
  *stream = &scheduler;
  return 0;
}
API cuStreamDestroy_v2(void *) { return 0; }
API cuStreamSynchronize(void *) {
  BEGIN("cuStreamSynchronize");
  return 0;
}
API cuModuleLoadDataEx(void **module, const void *text, unsigned, int *, void **) {
  BEGIN("cuModuleLoadDataEx");
  if (strstr(static_cast<const char *>(text), ".visible .entry labproof_") == nullptr) return 218;
  *module = &scheduler;
  return 0;
}
API cuModuleUnload(void *) { return 0; }
API cuModuleGetFunction(void **function, void *, const char *name) {
  const auto found = entries.find(name);
  if (found == entries.end()) return 500;
  *function = reinterpret_cast<void *>(found->second);
  return 0;
}
API cuLaunchKernel(void *function, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned,
                   unsigned, unsigned, void *, void **parameters, void **) {
  BEGIN("cuLaunchKernel");
  if (x == 0 || y == 0 || z == 0 || threads == 0 || threads > MOST_THREADS) return 1;
  running = reinterpret_cast<invoke *>(function);
  arguments = parameters;
  gridDim = {x, y, z};
  blockDim = {threads, 1, 1};
  for (blockIdx.z = 0; blockIdx.z < z; blockIdx.z++) {
    for (blockIdx.y = 0; blockIdx.y < y; blockIdx.y++) {
      for (blockIdx.x = 0; blockIdx.x < x; blockIdx.x++) run_block();
    }
  }
  return 0;
}
/* Filled with NaN, so that whoever relies on zeros that nobody wrote is found out. */
API cuMemAlloc_v2(unsigned long long *address, size_t size) {
  BEGIN("cuMemAlloc");
  if (taken + size > capacity()) return 2;
  void *memory = aligned_alloc(256, (size + 255) / 256 * 256);
  if (memory == nullptr) return 2;
  memset(memory, 0xff, size);
  *address = reinterpret_cast<unsigned long long>(memory);
  allocations[*address] = size;
  taken += size;
  return 0;
}
API cuMemFree_v2(unsigned long long address) {
  const std::lock_guard<std::mutex> mine(turn);
  if (broken != 0) return broken;
  const auto found = allocations.find(address);
  if (found == allocations.end()) return 1;
  taken -= found->second;
  allocations.erase(found);
  free(reinterpret_cast<void *>(address));
  return 0;
}
API cuMemGetInfo_v2(size_t *left, size_t *total) {
  BEGIN("cuMemGetInfo");
  *total = capacity();
  *left = *total - taken;
  return 0;
}
API cuMemsetD8Async(unsigned long long address, unsigned char value, size_t size, void *) {
  BEGIN("cuMemsetD8Async");
  memset(reinterpret_cast<void *>(address), value, size);
  return 0;
}
API cuMemcpyHtoDAsync_v2(unsigned long long to, const void *from, size_t size, void *) {
  BEGIN("cuMemcpyHtoDAsync");
  memcpy(reinterpret_cast<void *>(to), from, size);
  return 0;
}
API cuMemcpyDtoHAsync_v2(void *to, unsigned long long from, size_t size, void *) {
  BEGIN("cuMemcpyDtoHAsync");
  memcpy(to, reinterpret_cast<void *>(from), size);
  return 0;
}
API cuMemcpyDtoDAsync_v2(unsigned long long to, unsigned long long from, size_t size, void *) {
  BEGIN("cuMemcpyDtoDAsync");
  memcpy(reinterpret_cast<void *>(to), reinterpret_cast<void *>(from), size);
  return 0;
}
API cuGetErrorName(int number, const char **name) {
  static const std::map<int, const char *> names = {
      {1, "CUDA_ERROR_INVALID_VALUE"},
      {2, "CUDA_ERROR_OUT_OF_MEMORY"},
      {35, "CUDA_ERROR_INSUFFICIENT_DRIVER"},
      {100, "CUDA_ERROR_NO_DEVICE"},
      {218, "CUDA_ERROR_INVALID_PTX"},
      {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"},
      {500, "CUDA_ERROR_NOT_FOUND"},
      {700, "CUDA_ERROR_ILLEGAL_ADDRESS"},
      {702, "CUDA_ERROR_LAUNCH_TIMEOUT"},
      {719, "CUDA_ERROR_LAUNCH_FAILED"},
  };
  const auto found = names.find(number);
  *name = found == names.end() ? "CUDA_ERROR_UNKNOWN" : found->second;
  return 0;
}
