#include "module-path.h"

#include "../shim/utf16.h"

#include <dlfcn.h>
#include <string.h>

bool module_path(WCHAR *out, size_t capacity)
{
    Dl_info info;
    void *self = NULL;
    bool (*const function)(WCHAR *, size_t) = module_path;
    memcpy(&self, &function, sizeof self);
    if (dladdr(self, &info) == 0 || info.dli_fname == NULL) {
        return false;
    }
    const size_t size = strlen(info.dli_fname);
    const size_t length = utf16_from_utf8(NULL, 0, info.dli_fname, size);
    if (length == UTF16_INVALID || length >= capacity) {
        return false;
    }
    utf16_from_utf8(out, length, info.dli_fname, size);
    out[length] = 0;
    return true;
}
