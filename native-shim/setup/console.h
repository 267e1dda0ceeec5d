/* What people and programs read: standard output and standard error, in the language asked for. */
#ifndef TAPLINE_SETUP_CONSOLE_H
#define TAPLINE_SETUP_CONSOLE_H

#include <stdbool.h>
#include <windows.h>

/* The language of what people read. Until it is set: the user's, German or else English. */
void console_use_german(bool german);
bool console_is_german(void);

/* One of two texts, by the language. */
const char *console_choose(const char *english, const char *german)
    __attribute__((format_arg(1), format_arg(2)));

/*
 * Writes formatted UTF-8: to a console as UTF-16, to a file or pipe as it is. A text of more than 4095 bytes
 * is cut.
 */
void console_print(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));
void console_complain(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

/* A file name in UTF-8, at most PROVIDER_NAME_MAX characters of it; valid until the call after the next. */
const char *console_name(const WCHAR *name);

#endif
