#include "module-path.h"

bool module_path(WCHAR *out, size_t capacity)
{
    HMODULE self = NULL;
    const DWORD from_address =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(from_address, (LPCWSTR)(uintptr_t)&module_path, &self)) {
        return false;
    }
    const DWORD length = GetModuleFileNameW(self, out, (DWORD)capacity);
    return length > 0 && length < capacity;
}
