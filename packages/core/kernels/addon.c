/*
 * The Node-API addon: finds out what the processor can do and hands each level's kernels to JavaScript.
 * Pointers come and go as JavaScript numbers; everything that could be checked is checked on the other side.
 */
#include <node_api.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu.h"
#include "cuda/device.h"

struct kernels;

struct entry {
  const char *name;
  napi_callback call;
};

struct level {
  const char *name;
  int (*supported)(void);
  const struct kernels *kernels;
};

#define MOST_ARGUMENTS 16

static void *address(double value) { return (void *)(uintptr_t)value; }

static napi_value number(napi_env env, uint32_t value) {
  napi_value result = NULL;
  napi_create_uint32(env, value, &result);
  return result;
}

/* Reads exactly `count` numbers; otherwise throws and returns NULL. */
static const struct kernels *arguments(napi_env env, napi_callback_info info, double *values,
                                       size_t count) {
  napi_value given[MOST_ARGUMENTS];
  size_t length = MOST_ARGUMENTS;
  void *kernels = NULL;
  if (napi_get_cb_info(env, info, &length, given, NULL, &kernels) != napi_ok) return NULL;
  int good = length == count;
  for (size_t i = 0; good && i < count; i++) {
    good = napi_get_value_double(env, given[i], &values[i]) == napi_ok;
  }
  if (good) return kernels;
  napi_throw_type_error(env, NULL, "A kernel was called with a wrong number or type of arguments");
  return NULL;
}

#include "glue.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The address of an ArrayBuffer's first byte. */
static napi_value address_of(napi_env env, napi_callback_info info) {
  napi_value buffer = NULL;
  napi_value result = NULL;
  size_t count = 1;
  size_t byteLength = 0;
  void *data = NULL;
  napi_get_cb_info(env, info, &count, &buffer, NULL, NULL);
  if (napi_get_arraybuffer_info(env, buffer, &data, &byteLength) != napi_ok) {
    napi_throw_type_error(env, NULL, "An ArrayBuffer was expected");
    return NULL;
  }
  napi_create_double(env, (double)(uintptr_t)data, &result);
  return result;
}

static napi_value functions_of(napi_env env, const struct level *level) {
  napi_value functions = NULL;
  napi_create_object(env, &functions);
  for (size_t i = 0; i < COUNT(entries); i++) {
    napi_value function = NULL;
    napi_create_function(env, entries[i].name, NAPI_AUTO_LENGTH, entries[i].call,
                         (void *)level->kernels, &function);
    napi_set_named_property(env, functions, entries[i].name, function);
  }
  return functions;
}

/*
 * exports.levels: the kernels of each level, best first, or null where the processor lacks it.
 * exports.interface: the signatures that they were built with.
 */
NAPI_MODULE_INIT() {
  napi_value byLevel = NULL;
  napi_value function = NULL;
  napi_value text = NULL;
  napi_create_object(env, &byLevel);
  for (size_t i = 0; i < COUNT(levels); i++) {
    napi_value functions = NULL;
    if (levels[i].supported()) {
      functions = functions_of(env, &levels[i]);
    } else {
      napi_get_null(env, &functions);
    }
    napi_set_named_property(env, byLevel, levels[i].name, functions);
  }
  napi_set_named_property(env, exports, "levels", byLevel);
  napi_create_string_utf8(env, interface, sizeof(interface) - 1, &text);
  napi_set_named_property(env, exports, "interface", text);
  napi_create_function(env, "addressOf", NAPI_AUTO_LENGTH, address_of, NULL, &function);
  napi_set_named_property(env, exports, "addressOf", function);
  register_cuda(env, exports);
  return exports;
}
