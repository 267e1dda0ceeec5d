#include "trace-frames.h"

#include "outgoing.h"
#include "text.h"
#include "trace.h"

/* The protocol that brought the frame. */
#define TRACE_PROTOCOL 2u

static bool takes_traces(const struct link *link)
{
    return outgoing_is_open(link) && link->protocol >= TRACE_PROTOCOL;
}

static bool anybody_takes_traces(void)
{
    const struct link *link = links_first();
    while (link != NULL && !takes_traces(link)) {
        link = link->next;
    }
    return link != NULL;
}

void trace_send(void)
{
    char line[TRACE_LINE_MAX];
    uint8_t frame[WIRE_HEADER_SIZE + sizeof(uint16_t) + sizeof line];
    while (anybody_takes_traces() && trace_take(line)) {
        const wire_trace body = {.line = text_of(line)};
        const size_t size = wire_encode_trace(frame, sizeof frame, 0, &body);
        for (struct link *link = links_first(); link != NULL; link = link->next) {
            if (takes_traces(link)) {
                outgoing_append(link, frame, size);
            }
        }
    }
}

void trace_report(const wire_report *report)
{
    static const char *const kinds[] = {"event", "completion", "request", "ignored"};
    const unsigned kind = (unsigned)report->what - 1u;
    trace_locally("report: %s, line %u, call %u, message 0x%x, 0x%x 0x%x 0x%x", kind < 4 ? kinds[kind] : "?",
                  (unsigned)report->line, (unsigned)report->call, (unsigned)report->message,
                  (unsigned)report->param1, (unsigned)report->param2, (unsigned)report->param3);
}
