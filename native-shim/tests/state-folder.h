/* Where the provider under test keeps its state. */
#ifndef TAPLINE_TESTS_STATE_FOLDER_H
#define TAPLINE_TESTS_STATE_FOLDER_H

#include <stdbool.h>

/* Nothing is kept: before the first test, and outside of those that want a folder. */
void state_folder_none(void);

/* A new, empty folder. */
void state_folder_begin(void);

/* The folder is gone with the line table in it, and nothing is kept any more. */
void state_folder_end(void);

/* Puts a folder in the place of a file, so that the file cannot be written; takes it away again. */
bool state_folder_block(const char *file);
bool state_folder_unblock(const char *file);

#endif
