#include "module-path.h"
#include "windows-module.h"

HMODULE module_self(void)
{
    HMODULE self = NULL;
    const DWORD from_address =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    return GetModuleHandleExW(from_address, (LPCWSTR)(uintptr_t)&module_self, &self) ? self : NULL;
}

bool module_path(WCHAR *out, size_t capacity)
{
    const HMODULE self = module_self();
    const DWORD length = self == NULL ? 0 : GetModuleFileNameW(self, out, (DWORD)capacity);
    return length > 0 && length < capacity;
}
