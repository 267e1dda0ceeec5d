#include "console.h"

#include "limits.h"

#include <stdarg.h>
#include <stdio.h>

#define TEXT_MAX 4096
#define NAME_BYTES (PROVIDER_NAME_MAX * 3 + 1)

enum language { LANGUAGE_OF_USER, LANGUAGE_ENGLISH, LANGUAGE_GERMAN };
static enum language language = LANGUAGE_OF_USER;

void console_use_german(bool german)
{
    language = german ? LANGUAGE_GERMAN : LANGUAGE_ENGLISH;
}

bool console_is_german(void)
{
    if (language == LANGUAGE_OF_USER) {
        language =
            PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_GERMAN ? LANGUAGE_GERMAN : LANGUAGE_ENGLISH;
    }
    return language == LANGUAGE_GERMAN;
}

const char *console_choose(const char *english, const char *german)
{
    return console_is_german() ? german : english;
}

static void write_text(HANDLE out, const char *text, int size)
{
    DWORD written = 0;
    DWORD mode = 0;
    if (GetConsoleMode(out, &mode)) {
        WCHAR wide[TEXT_MAX];
        const int length = MultiByteToWideChar(CP_UTF8, 0, text, size, wide, TEXT_MAX);
        WriteConsoleW(out, wide, (DWORD)length, &written, NULL);
    } else {
        WriteFile(out, text, (DWORD)size, &written, NULL);
    }
}

static void print_to(DWORD which, const char *format, va_list arguments)
{
    char text[TEXT_MAX];
    const int size = vsnprintf(text, sizeof text, format, arguments);
    if (size > 0) {
        write_text(GetStdHandle(which), text, size < TEXT_MAX ? size : TEXT_MAX - 1);
    }
}

void console_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_to(STD_OUTPUT_HANDLE, format, arguments);
    va_end(arguments);
}

void console_complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_to(STD_ERROR_HANDLE, format, arguments);
    va_end(arguments);
}

const char *console_name(const WCHAR *name)
{
    static char names[2][NAME_BYTES];
    static unsigned next;
    char *out = names[next++ % 2];
    if (WideCharToMultiByte(CP_UTF8, 0, name, -1, out, NAME_BYTES, NULL, NULL) == 0) {
        out[0] = '\0';
    }
    return out;
}
