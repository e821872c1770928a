/*
 * An NVIDIA GPU for JavaScript, through the driver that is opened when it is first asked for. A failed call throws an
 * error whose code is the driver's name for it (CUDA_ERROR_…), or NO_LIBRARY, NO_SYMBOL. Addresses come and go as numbers.
 */
#include "device.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "library.h"

#define MOST_PARAMETERS 32

/* A kernel with the kinds of its parameters after the arena: p(ointer), u(int32), f(loat). */
struct kernel {
  function function;
  char kinds[MOST_PARAMETERS + 1];
};

struct device {
  void *library;
  struct driver driver;
  int number;
  context context;
  stream stream;
  module module;
  struct kernel *kernels;
  size_t count;
};

static napi_value fail(napi_env env, const char *code, const char *message) {
  napi_throw_error(env, code, message);
  return NULL;
}

static napi_value fail_with(napi_env env, const struct device *device, status status,
                            const char *message) {
  const char *name = NULL;
  if (device->driver.errorName == NULL || device->driver.errorName(status, &name) != 0) name = NULL;
  return fail(env, name == NULL ? "CUDA_ERROR_UNKNOWN" : name, message);
}

#define CHECK(call)                                                                                \
  do {                                                                                             \
    const status failed = device->driver.call;                                              \
    if (failed != 0) return fail_with(env, device, failed, #call);                     \
  } while (0)

static void close_device(napi_env env, void *data, void *hint) {
  struct device *device = data;
  (void)env;
  (void)hint;
  if (device->context != NULL) {
    device->driver.setContext(device->context);
    if (device->module != NULL) device->driver.unloadModule(device->module);
    if (device->stream != NULL) device->driver.destroyStream(device->stream);
    device->driver.releaseContext(device->number);
  }
  /* The library stays open: the driver keeps threads of its own. */
  free(device->kernels);
  free(device);
}

static int find_symbols(struct device *device, const char **missing) {
#define FIND(member, symbol, parameters)                                                           \
  *(void **)&device->driver.member = symbol_of(device->library, symbol);                           \
  if (device->driver.member == NULL) {                                                             \
    *missing = symbol;                                                                             \
    return 0;                                                                                      \
  }
  DRIVER_FUNCTIONS(FIND)
  return 1;
}

static void set_number(napi_env env, napi_value object, const char *name, double value) {
  napi_value number = NULL;
  napi_create_double(env, value, &number);
  napi_set_named_property(env, object, name, number);
}

static napi_value open_driver(napi_env env, struct device *device, const char *path,
                              napi_value described) {
  char name[256] = {0};
  int version = 0, count = 0, major = 0, minor = 0, processors = 0;
  size_t memory = 0;
  napi_value text = NULL;
  const char *missing = NULL;

  device->library = open_library(path);
  if (device->library == NULL) return fail(env, "NO_LIBRARY", library_error());
  if (!find_symbols(device, &missing)) return fail(env, "NO_SYMBOL", missing);
  CHECK(initialize(0));
  CHECK(driverVersion(&version));
  CHECK(deviceCount(&count));
  if (device->number >= count) return fail(env, "CUDA_ERROR_NO_DEVICE", "no such device");
  CHECK(deviceOf(&device->number, device->number));
  CHECK(deviceName(name, sizeof(name) - 1, device->number));
  CHECK(deviceAttribute(&major, COMPUTE_CAPABILITY_MAJOR, device->number));
  CHECK(deviceAttribute(&minor, COMPUTE_CAPABILITY_MINOR, device->number));
  CHECK(deviceAttribute(&processors, MULTIPROCESSOR_COUNT, device->number));
  CHECK(deviceMemory(&memory, device->number));
  CHECK(retainContext(&device->context, device->number));
  CHECK(setContext(device->context));
  CHECK(createStream(&device->stream, STREAM_NON_BLOCKING));
  napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &text);
  napi_set_named_property(env, described, "name", text);
  set_number(env, described, "major", major);
  set_number(env, described, "minor", minor);
  set_number(env, described, "processors", processors);
  set_number(env, described, "memory", (double)memory);
  set_number(env, described, "driverVersion", version);
  return described;
}

/* The device that a call's first argument is, its context current, and up to `count` more arguments. */
static struct device *begin(napi_env env, napi_callback_info info, napi_value *rest, size_t count) {
  napi_value given[8];
  size_t length = 8;
  void *device = NULL;
  if (napi_get_cb_info(env, info, &length, given, NULL, NULL) != napi_ok || length != count + 1 ||
      napi_get_value_external(env, given[0], &device) != napi_ok) {
    napi_throw_type_error(env, NULL, "A device and its arguments were expected");
    return NULL;
  }
  for (size_t i = 0; i < count; i++) rest[i] = given[i + 1];
  struct device *opened = device;
  opened->driver.setContext(opened->context);
  return opened;
}

static double number_of(napi_env env, napi_value value) {
  double number = 0;
  if (napi_get_value_double(env, value, &number) != napi_ok) {
    napi_throw_type_error(env, NULL, "A number was expected");
  }
  return number;
}

static void *bytes_of(napi_env env, napi_value value, size_t *byteLength) {
  void *data = NULL;
  size_t length = 0;
  napi_typedarray_type type;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL) != napi_ok) {
    napi_throw_type_error(env, NULL, "A typed array was expected");
    return NULL;
  }
  const size_t width = type == napi_float64_array ? 8
                       : type == napi_float32_array || type == napi_int32_array ||
                               type == napi_uint32_array
                           ? 4
                           : 1;
  *byteLength = length * width;
  return data;
}

/* open(libraryPath, deviceNumber) → { handle, name, major, minor, processors, memory, driverVersion } */
static napi_value open_device(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2;
  char path[4096];
  napi_value described = NULL;
  napi_value handle = NULL;
  double number = 0;
  if (napi_get_cb_info(env, info, &count, given, NULL, NULL) != napi_ok || count != 2 ||
      napi_get_value_string_utf8(env, given[0], path, sizeof(path), NULL) != napi_ok ||
      napi_get_value_double(env, given[1], &number) != napi_ok) {
    return fail(env, NULL, "A path and a number were expected");
  }
  struct device *device = calloc(1, sizeof(*device));
  if (device == NULL) return fail(env, NULL, "no memory");
  device->number = (int)number;
  napi_create_object(env, &described);
  if (open_driver(env, device, path, described) == NULL) {
    close_device(env, device, NULL);
    return NULL;
  }
  napi_create_external(env, device, close_device, NULL, &handle);
  napi_set_named_property(env, described, "handle", handle);
  return described;
}

/* load(device, zero-terminated PTX bytes) */
static napi_value load_module(napi_env env, napi_callback_info info) {
  napi_value ptx = NULL;
  size_t length = 0;
  char log[4096] = {0};
  struct device *device = begin(env, info, &ptx, 1);
  if (device == NULL) return NULL;
  const char *text = bytes_of(env, ptx, &length);
  if (text == NULL) return NULL;
  int options[2] = {JIT_ERROR_LOG_BUFFER, JIT_ERROR_LOG_BUFFER_SIZE};
  void *values[2] = {log, (void *)(uintptr_t)(sizeof(log) - 1)};
  const status loaded = device->driver.loadModule(&device->module, text, 2, options, values);
  if (loaded != 0) return fail_with(env, device, loaded, log[0] == 0 ? "cuModuleLoadDataEx" : log);
  return NULL;
}

/* kernel(device, name, kinds) → its number in `submit` */
static napi_value find_kernel(napi_env env, napi_callback_info info) {
  napi_value rest[2];
  char name[256];
  napi_value number = NULL;
  struct kernel kernel = {0};
  struct device *device = begin(env, info, rest, 2);
  if (device == NULL) return NULL;
  if (napi_get_value_string_utf8(env, rest[0], name, sizeof(name), NULL) != napi_ok ||
      napi_get_value_string_utf8(env, rest[1], kernel.kinds, sizeof(kernel.kinds), NULL) !=
          napi_ok) {
    return fail(env, NULL, "A name and the kinds of the parameters were expected");
  }
  CHECK(functionOf(&kernel.function, device->module, name));
  struct kernel *more = realloc(device->kernels, (device->count + 1) * sizeof(kernel));
  if (more == NULL) return fail(env, NULL, "no memory");
  device->kernels = more;
  device->kernels[device->count] = kernel;
  napi_create_double(env, (double)device->count++, &number);
  return number;
}

static napi_value allocate(napi_env env, napi_callback_info info) {
  napi_value size = NULL;
  napi_value result = NULL;
  device_address address = 0;
  struct device *device = begin(env, info, &size, 1);
  if (device == NULL) return NULL;
  CHECK(allocate(&address, (size_t)number_of(env, size)));
  napi_create_double(env, (double)address, &result);
  return result;
}

static napi_value release(napi_env env, napi_callback_info info) {
  napi_value address = NULL;
  struct device *device = begin(env, info, &address, 1);
  if (device == NULL) return NULL;
  CHECK(release((device_address)number_of(env, address)));
  return NULL;
}

/* zero(device, address, byteLength) */
static napi_value zero(napi_env env, napi_callback_info info) {
  napi_value rest[2];
  struct device *device = begin(env, info, rest, 2);
  if (device == NULL) return NULL;
  CHECK(fill((device_address)number_of(env, rest[0]), 0, (size_t)number_of(env, rest[1]),
             device->stream));
  return NULL;
}

/* copy(device, to, from, byteLength) */
static napi_value copy(napi_env env, napi_callback_info info) {
  napi_value rest[3];
  struct device *device = begin(env, info, rest, 3);
  if (device == NULL) return NULL;
  CHECK(copy((device_address)number_of(env, rest[0]), (device_address)number_of(env, rest[1]),
             (size_t)number_of(env, rest[2]), device->stream));
  return NULL;
}

/* upload(device, address, array): the array may be changed when it returns. */
static napi_value upload(napi_env env, napi_callback_info info) {
  napi_value rest[2];
  size_t length = 0;
  struct device *device = begin(env, info, rest, 2);
  if (device == NULL) return NULL;
  const void *data = bytes_of(env, rest[1], &length);
  if (data == NULL || length == 0) return NULL;
  /* From memory that is not pinned the driver copies aside before it returns. */
  CHECK(upload((device_address)number_of(env, rest[0]), data, length, device->stream));
  return NULL;
}

/* download(device, address, array): waits for everything that was submitted before. */
static napi_value download(napi_env env, napi_callback_info info) {
  napi_value rest[2];
  size_t length = 0;
  struct device *device = begin(env, info, rest, 2);
  if (device == NULL) return NULL;
  void *data = bytes_of(env, rest[1], &length);
  if (data == NULL || length == 0) return NULL;
  CHECK(download(data, (device_address)number_of(env, rest[0]), length, device->stream));
  CHECK(synchronize(device->stream));
  return NULL;
}

static napi_value synchronize(napi_env env, napi_callback_info info) {
  struct device *device = begin(env, info, NULL, 0);
  if (device == NULL) return NULL;
  CHECK(synchronize(device->stream));
  return NULL;
}

static napi_value free_memory(napi_env env, napi_callback_info info) {
  napi_value number = NULL;
  size_t left = 0, total = 0;
  struct device *device = begin(env, info, NULL, 0);
  if (device == NULL) return NULL;
  CHECK(freeMemory(&left, &total));
  napi_create_double(env, (double)left, &number);
  return number;
}

union parameter {
  uint64_t pointer;
  uint32_t integer;
  float real;
};

struct arena {
  uint64_t base, stride;
};

/* Numbers of a launch before its arguments: kernel, grid x, y, z, threads, number of arguments. */
#define LAUNCH_HEADER 6

/*
 * submit(device, list, length, base, stride): the first `length` numbers of a Float64Array are launches, one after the
 * other, on the arena of that base and stride. They are queued on the device, not waited for.
 */
static napi_value submit(napi_env env, napi_callback_info info) {
  napi_value rest[4];
  size_t byteLength = 0;
  struct device *device = begin(env, info, rest, 4);
  if (device == NULL) return NULL;
  const double *list = bytes_of(env, rest[0], &byteLength);
  const size_t end = (size_t)number_of(env, rest[1]);
  struct arena arena = {(uint64_t)number_of(env, rest[2]), (uint64_t)number_of(env, rest[3])};
  if (list == NULL || end * sizeof(double) > byteLength) {
    return fail(env, NULL, "The list of launches is too short");
  }
  for (size_t at = 0; at < end;) {
    union parameter values[MOST_PARAMETERS];
    void *parameters[MOST_PARAMETERS + 1] = {&arena};
    const double *header = list + at;
    if (at + LAUNCH_HEADER > end || header[0] < 0 || header[0] >= (double)device->count) {
      return fail(env, NULL, "The list of launches names an unknown kernel");
    }
    const struct kernel *kernel = &device->kernels[(size_t)header[0]];
    const size_t count = (size_t)header[5];
    if (count != strlen(kernel->kinds) || at + LAUNCH_HEADER + count > end) {
      return fail(env, NULL, "A launch has a wrong number of arguments");
    }
    for (size_t i = 0; i < count; i++) {
      const double value = header[LAUNCH_HEADER + i];
      if (kernel->kinds[i] == 'p') values[i].pointer = (uint64_t)value;
      if (kernel->kinds[i] == 'u') values[i].integer = (uint32_t)value;
      if (kernel->kinds[i] == 'f') values[i].real = (float)value;
      parameters[i + 1] = &values[i];
    }
    CHECK(launch(kernel->function, (unsigned)header[1], (unsigned)header[2], (unsigned)header[3],
                 (unsigned)header[4], 1, 1, 0, device->stream, parameters, NULL));
    at += LAUNCH_HEADER + count;
  }
  return NULL;
}

void register_cuda(napi_env env, napi_value exports) {
  static const struct {
    const char *name;
    napi_callback call;
  } functions[] = {
      {"open", open_device},   {"load", load_module}, {"kernel", find_kernel},
      {"allocate", allocate},  {"release", release},  {"zero", zero},
      {"copy", copy},          {"upload", upload},    {"download", download},
      {"submit", submit},      {"freeMemory", free_memory}, {"synchronize", synchronize},
  };
  napi_value cuda = NULL;
  napi_create_object(env, &cuda);
  for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
    napi_value function = NULL;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL,
                         &function);
    napi_set_named_property(env, cuda, functions[i].name, function);
  }
  napi_set_named_property(env, exports, "cuda", cuda);
}
