#include "companions.h"

#include "../shim/companion.h"
#include "../shim/inbox.h"
#include "../shim/model.h"
#include "../shim/outgoing.h"
#include "../shim/text.h"
#include "a-line.h"
#include "a-link.h"
#include "check.h"

#include <stdlib.h>

#define FIRST_DEVICE 70u

struct told told;

static void CALLBACK on_line(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                             DWORD_PTR param2, DWORD_PTR param3)
{
    (void)line;
    (void)call;
    (void)param3;
    if (message == LINE_NEWCALL) {
        *(HTAPICALL *)param2 = (HTAPICALL)(uintptr_t)0x77;
    } else if (message == LINE_CALLSTATE && told.state_count < STATES_MAX) {
        told.states[told.state_count++] = (DWORD)param1;
    }
}

static void open_created(DWORD_PTR token)
{
    HDRVLINE opened = NULL;
    const DWORD device = FIRST_DEVICE + told.created++;
    CHECK(TSPI_providerCreateLineDevice(token, device) == 0);
    CHECK(TSPI_lineOpen(device, (HTAPILINE)(uintptr_t)1, &opened, 0x00030001, on_line) == 0);
}

static void CALLBACK on_provider(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                                 DWORD_PTR param2, DWORD_PTR param3)
{
    (void)line;
    (void)call;
    (void)param1;
    (void)param3;
    if (message == LINE_CREATE) {
        open_created(param2);
    }
    told.removed += message == LINE_REMOVE ? 1u : 0u;
}

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    (void)id;
    (void)result;
}

void companions_begin(void)
{
    model_lock();
    provider = (struct provider){.running = true,
                                 .permanent_id = 7,
                                 .handle = (HPROVIDER)(uintptr_t)0x5150,
                                 .line_create = on_provider,
                                 .completion = on_completion};
    told = (struct told){0};
}

void companions_end(void)
{
    nothing_left();
    provider = (struct provider){0};
    model_unlock();
}

struct link *companion_from(uint32_t session)
{
    return a_new_link(session, WIRE_PROTOCOL);
}

struct link *companion_with(uint32_t session, const char *name)
{
    struct link *link = companion_from(session);
    if (name != NULL) {
        companion_publishes(link, name);
    }
    companion_is_synced(link);
    return link;
}

void companion_says(const struct link *link, uint8_t type, struct message message)
{
    struct inbox_item *item = memory_of(sizeof *item);
    item->link = link->number;
    item->message = message;
    item->message.type = type;
    companion_apply(item);
    free(item);
}

void companion_publishes(const struct link *link, const char *name)
{
    const struct message message = {.as.line = {.line = LINE,
                                                .name = text_of(name),
                                                .address = text_of("831"),
                                                .switch_name = text_of("pbx"),
                                                .in_service = true,
                                                .line_features = LINEFEATURE_MAKECALL,
                                                .address_features = LINEADDRFEATURE_MAKECALL,
                                                .call_features = LINECALLFEATURE_DROP,
                                                .max_active_calls = 4}};
    companion_says(link, WIRE_LINE, message);
}

void companion_is_synced(const struct link *link)
{
    companion_says(link, WIRE_SYNCED, (struct message){0});
}

void companion_gives_up_line(const struct link *link)
{
    companion_says(link, WIRE_LINE_GONE, (struct message){.as.line_gone = {.line = LINE}});
}

void companion_tells_call(const struct link *link, uint32_t id, uint32_t state)
{
    const struct message message = {
        .as.call = {.call = id, .line = LINE, .state = state, .features = LINECALLFEATURE_DROP}};
    companion_says(link, WIRE_CALL, message);
}

void companion_is_lost(struct link *link)
{
    struct inbox_item *item;
    links_end(link);
    while ((item = inbox_take()) != NULL) {
        companion_apply(item);
        free(item);
    }
}

static bool is_ignored_report(const wire_frame *frame, const uint8_t *body)
{
    wire_report report;
    return frame->type == WIRE_REPORT && wire_decode_report(body, frame->length, &report) &&
           report.what == WIRE_REPORT_KIND_IGNORED && report.line == LINE;
}

unsigned ignored_reports(const struct link *link)
{
    unsigned count = 0;
    size_t at = A_HELLO_SIZE;
    wire_frame frame;
    while (at < link->filling.size && wire_decode_header(link->filling.bytes + at, &frame)) {
        count += is_ignored_report(&frame, link->filling.bytes + at + WIRE_HEADER_SIZE) ? 1u : 0u;
        at += WIRE_HEADER_SIZE + frame.length;
    }
    return count;
}

const struct line *the_line(void)
{
    const struct line *line = line_find(LINE);
    NEED(line != NULL);
    return line;
}
