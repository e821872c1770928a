/* The part of NVIDIA's driver API that is used, as `libcuda.so.1` exports it; nothing of CUDA is needed to compile it. */
#ifndef LABPROOF_DRIVER_H
#define LABPROOF_DRIVER_H

#include <stddef.h>

typedef int status; /* CUresult; 0 is success */
typedef unsigned long long device_address;
typedef struct module_ *module;
typedef struct function_ *function;
typedef struct context_ *context;
typedef struct stream_ *stream;

#define DRIVER_FUNCTIONS(DO)                                                                       \
  DO(initialize, "cuInit", (unsigned))                                                             \
  DO(driverVersion, "cuDriverGetVersion", (int *))                                                 \
  DO(deviceCount, "cuDeviceGetCount", (int *))                                                     \
  DO(deviceOf, "cuDeviceGet", (int *, int))                                                        \
  DO(deviceName, "cuDeviceGetName", (char *, int, int))                                            \
  DO(deviceAttribute, "cuDeviceGetAttribute", (int *, int, int))                                   \
  DO(deviceMemory, "cuDeviceTotalMem_v2", (size_t *, int))                                         \
  DO(retainContext, "cuDevicePrimaryCtxRetain", (context *, int))                                  \
  DO(releaseContext, "cuDevicePrimaryCtxRelease_v2", (int))                                        \
  DO(setContext, "cuCtxSetCurrent", (context))                                                     \
  DO(createStream, "cuStreamCreate", (stream *, unsigned))                                         \
  DO(destroyStream, "cuStreamDestroy_v2", (stream))                                                \
  DO(synchronize, "cuStreamSynchronize", (stream))                                                 \
  DO(loadModule, "cuModuleLoadDataEx", (module *, const void *, unsigned, int *, void **))         \
  DO(unloadModule, "cuModuleUnload", (module))                                                     \
  DO(functionOf, "cuModuleGetFunction", (function *, module, const char *))                        \
  DO(launch, "cuLaunchKernel",                                                                     \
     (function, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, stream,      \
      void **, void **))                                                                           \
  DO(allocate, "cuMemAlloc_v2", (device_address *, size_t))                                        \
  DO(release, "cuMemFree_v2", (device_address))                                                    \
  DO(freeMemory, "cuMemGetInfo_v2", (size_t *, size_t *))                                          \
  DO(fill, "cuMemsetD8Async", (device_address, unsigned char, size_t, stream))                     \
  DO(upload, "cuMemcpyHtoDAsync_v2", (device_address, const void *, size_t, stream))               \
  DO(download, "cuMemcpyDtoHAsync_v2", (void *, device_address, size_t, stream))                   \
  DO(copy, "cuMemcpyDtoDAsync_v2", (device_address, device_address, size_t, stream))               \
  DO(errorName, "cuGetErrorName", (status, const char **))

#define DRIVER_MEMBER(member, symbol, parameters) status(*member) parameters;
struct driver {
  DRIVER_FUNCTIONS(DRIVER_MEMBER)
};

#define COMPUTE_CAPABILITY_MAJOR 75
#define COMPUTE_CAPABILITY_MINOR 76
#define MULTIPROCESSOR_COUNT 16
#define JIT_ERROR_LOG_BUFFER 5
#define JIT_ERROR_LOG_BUFFER_SIZE 6
#define STREAM_NON_BLOCKING 1

#endif
