/* A library of the system that is opened while the program runs. */
#ifndef LABPROOF_LIBRARY_H
#define LABPROOF_LIBRARY_H

#if defined(_WIN32)
#include <stdio.h>

/* Of windows.h, whose names would be in the way. */
__declspec(dllimport) void *LoadLibraryExA(const char *, void *, unsigned long);
__declspec(dllimport) int (*GetProcAddress(void *, const char *))(void);
__declspec(dllimport) unsigned long GetLastError(void);
/* Where drivers lie; a name with its folder is taken from there. Never the working directory. */
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x0800ul
#define LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR 0x0100ul

static void *open_library(const char *path) {
  const unsigned long beside = path[0] != '\0' && path[1] == ':' ? LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR : 0;
  return LoadLibraryExA(path, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32 | beside);
}

static void *symbol_of(void *library, const char *name) {
  return (void *)GetProcAddress(library, name);
}

static const char *library_error(void) {
  static char text[64];
  snprintf(text, sizeof(text), "Windows error %lu", GetLastError());
  return text;
}
#else
#include <dlfcn.h>

static void *open_library(const char *path) { return dlopen(path, RTLD_NOW | RTLD_LOCAL); }

static void *symbol_of(void *library, const char *name) { return dlsym(library, name); }

static const char *library_error(void) { return dlerror(); }
#endif

#endif
