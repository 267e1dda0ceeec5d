/* For gcc -fanalyzer: memory that is freed twice on one path. */
#include <stdlib.h>

void release(int both);

void release(int both)
{
    void *memory = malloc(16);
    if (both) {
        free(memory);
    }
    free(memory);
}
