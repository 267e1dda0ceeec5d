#include "questions.h"

#include "commands.h"
#include "library.h"

#include <stdlib.h>

#define BUFFER_SIZE 4096u

union buffer {
    uint8_t bytes[BUFFER_SIZE];
    LINEDEVCAPS caps;
    LINEDEVSTATUS line;
    LINECALLINFO info;
    LINECALLSTATUS call;
};

static LONG ask(unsigned which, const struct book_line *line, const struct book_call *call,
                union buffer *buffer)
{
    buffer->caps.dwTotalSize = BUFFER_SIZE;
    switch (which) {
    case 0:
        return tspi.TSPI_lineGetDevCaps(line->device, host_version, 0, &buffer->caps);
    case 1:
        return tspi.TSPI_lineGetLineDevStatus(line->driver, &buffer->line);
    case 2:
        return tspi.TSPI_lineGetCallInfo(call->driver, &buffer->info);
    default:
        return tspi.TSPI_lineGetCallStatus(call->driver, &buffer->call);
    }
}

static int compare(const void *one, const void *other)
{
    const uint64_t left = *(const uint64_t *)one;
    const uint64_t right = *(const uint64_t *)other;
    return left < right ? -1 : left > right;
}

void questions_time(struct output *out, const struct book_line *line, const struct book_call *call,
                    unsigned count)
{
    static union buffer buffer;
    const unsigned kinds = call != NULL && !call->closed ? 4 : 2;
    unsigned refused = 0;
    if (count == 0 || count > QUESTIONS_MAX) {
        output_text(out, "problem", "the count must be 1 to 1000000");
        return;
    }
    uint64_t *times = malloc(count * sizeof *times);
    if (times == NULL) {
        output_text(out, "problem", "no memory");
        return;
    }
    for (unsigned i = 0; i < count; i++) {
        const uint64_t start = host_now_ns();
        refused += ask(i % kinds, line, call, &buffer) != 0 ? 1u : 0u;
        times[i] = host_now_ns() - start;
    }
    qsort(times, count, sizeof *times, compare);
    output_number(out, "count", count);
    output_number(out, "refused", refused);
    const size_t middle = count / 2;
    const size_t nearly_last = (size_t)((uint64_t)count * 99 / 100);
    output_real(out, "p50", (double)times[middle] / 1000.0);
    output_real(out, "p99", (double)times[nearly_last] / 1000.0);
    output_real(out, "max", (double)times[count - 1] / 1000.0);
    free(times);
}
