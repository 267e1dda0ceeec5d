/* The names of companions' pipes: a word and the Windows session. */
#ifndef TAPLINE_WINDOWS_NAMES_H
#define TAPLINE_WINDOWS_NAMES_H

#define PIPE_NAMES L"\\\\.\\pipe\\"
#define PIPE_NAME L"Tapline.Companion."

#endif
