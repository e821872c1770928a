#ifndef LABPROOF_DEVICE_H
#define LABPROOF_DEVICE_H

#include <node_api.h>

/* Adds `cuda`, the functions of device.c, to the addon's exports. */
void register_cuda(napi_env env, napi_value exports);

#endif
