#include "library.h"

#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
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

/* Whether the function is there under the name that x86 compilers decorate it with. */
static bool is_decorated(const char *name)
{
    char decorated[96];
    snprintf(decorated, sizeof decorated, "%s@%u", name, argument_bytes(name));
    return RESOLVE(library, decorated) != NULL;
}

/* A function's address is copied as bytes: ISO C has no cast from an object pointer. */
static bool resolve(void *target, size_t size, const char *name, enum rule *rule)
{
    void *address = RESOLVE(library, name);
    memcpy(target, &address, size);
    if (address == NULL) {
        *rule = is_decorated(name) ? RULE_EXPORT_DECORATED : RULE_EXPORT_MISSING;
        snprintf(problem, sizeof problem, "the library does not export %s", name);
    }
    return address != NULL;
}

void library_keep_state(void)
{
    if (getenv("TAPLINE_STATE") != NULL) {
        return;
    }
#ifdef _WIN32
    SetEnvironmentVariableA("TAPLINE_STATE", "");
#else
    setenv("TAPLINE_STATE", "", 1); /* NOLINT(concurrency-mt-unsafe): there is one thread yet. */
#endif
}

const char *library_load(const char *path, enum rule *rule)
{
    library = LOAD(path);
    if (library == NULL) {
        return "the library cannot be loaded";
    }
#define GET(name, call, address, line) \
    if (!resolve(&tspi.name, sizeof tspi.name, #name, rule)) { \
        return problem; \
    }
    TAPLINE_EXPORTS(GET)
    HOST_UI_EXPORTS(GET)
#undef GET
    return NULL;
}

void library_unload(void)
{
    if (library != NULL) {
        UNLOAD(library);
    }
    library = NULL;
    tspi = (struct tspi){0};
}
