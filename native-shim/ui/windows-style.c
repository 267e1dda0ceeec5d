#include "windows-style.h"

#include "windows-module.h"

/*
 * The manifest among the resources of this image (tools/native/resources.ts). The loader heeds none of this
 * number by itself.
 */
#define STYLE_MANIFEST 3

struct style style_enter(void)
{
    struct style style = {.context = INVALID_HANDLE_VALUE};
    const ACTCTXW wanted = {
        .cbSize = sizeof wanted,
        .dwFlags = ACTCTX_FLAG_HMODULE_VALID | ACTCTX_FLAG_RESOURCE_NAME_VALID,
        .lpResourceName = MAKEINTRESOURCEW(STYLE_MANIFEST),
        .hModule = module_self(),
    };
    if (wanted.hModule == NULL) {
        return style;
    }
    style.context = CreateActCtxW(&wanted);
    if (style.context != INVALID_HANDLE_VALUE && !ActivateActCtx(style.context, &style.cookie)) {
        ReleaseActCtx(style.context);
        style.context = INVALID_HANDLE_VALUE;
    }
    return style;
}

void style_leave(const struct style *style)
{
    if (style->context != INVALID_HANDLE_VALUE) {
        DeactivateActCtx(0, style->cookie);
        ReleaseActCtx(style->context);
    }
}
