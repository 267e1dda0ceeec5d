#include "library.h"

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#define LOAD(path) ((void *)LoadLibraryA(path))
#define RESOLVE(handle, name) ((void *)(uintptr_t)GetProcAddress((HMODULE)(handle), name))
#define UNLOAD(handle) FreeLibrary((HMODULE)(handle))
#else
#include <dlfcn.h>
#define LOAD(path) dlopen(path, RTLD_NOW | RTLD_LOCAL)
#define RESOLVE(handle, name) dlsym(handle, name)
#define UNLOAD(handle) dlclose(handle)
#endif

struct tspi tspi;

static void *library;
static char problem[128];

/* A function's address is copied as bytes: ISO C has no cast from an object pointer. */
static bool resolve(void *target, size_t size, const char *name)
{
    void *address = RESOLVE(library, name);
    memcpy(target, &address, size);
    if (address == NULL) {
        snprintf(problem, sizeof problem, "the library does not export %s", name);
    }
    return address != NULL;
}

const char *library_load(const char *path)
{
    library = LOAD(path);
    if (library == NULL) {
        return "the library cannot be loaded";
    }
#define GET(name) \
    if (!resolve(&tspi.name, sizeof tspi.name, #name)) { \
        return problem; \
    }
    HOST_FUNCTIONS(GET)
#undef GET
    return NULL;
}

void library_unload(void)
{
    if (library != NULL) {
        UNLOAD(library);
    }
    library = NULL;
}
