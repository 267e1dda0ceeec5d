/*
 * Fuzz target for everything a companion can send: the frame reader, every decoder, the handshake's order,
 * and the store of lines and calls with the callbacks that follow; besides, the table of lines on disk and
 * what programs send to the dialogs' half of the provider. The first byte of an input is the size of the
 * pieces in which the rest arrives. Every frame is copied to a block of exactly its size, so that a read
 * beyond it is seen.
 */
#include "../shim/calls.h"
#include "../shim/companion.h"
#include "../shim/events.h"
#include "../shim/follow.h"
#include "../shim/frame.h"
#include "../shim/handles.h"
#include "../shim/inbox.h"
#include "../shim/line-store.h"
#include "../shim/line-table.h"
#include "../shim/model.h"
#include "../shim/outgoing.h"
#include "../shim/presence.h"
#include "../shim/requests.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CALLS_OFFERED_MAX 256u

static uint8_t buffer[FRAME_BUFFER_SIZE];
static DWORD last_state[CALLS_OFFERED_MAX]; /* by TAPI handle - 1 */
static uintptr_t offered;
static DWORD next_device;

static void CALLBACK on_completion(DRV_REQUESTID id, LONG result)
{
    if (id == 0 || result > 0) {
        abort();
    }
}

static void CALLBACK on_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                              DWORD_PTR param2, DWORD_PTR param3)
{
    const uintptr_t key = (uintptr_t)call;
    (void)line;
    (void)param3;
    if (message == LINE_NEWCALL && offered < CALLS_OFFERED_MAX) {
        last_state[offered] = 0;
        *(HTAPICALL *)param2 = (HTAPICALL)(++offered);
        return;
    }
    if (key == 0 || key > CALLS_OFFERED_MAX) {
        return;
    }
    if (last_state[key - 1] == LINECALLSTATE_IDLE) {
        abort(); /* IDLE is terminal */
    }
    if (message == LINE_CALLSTATE) {
        last_state[key - 1] = (DWORD)param1;
    }
}

static void CALLBACK on_provider_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                                       DWORD_PTR param2, DWORD_PTR param3)
{
    HDRVLINE opened = NULL;
    (void)line;
    (void)call;
    (void)param1;
    (void)param3;
    if (message == LINE_CREATE) {
        const DWORD device = next_device++;
        TSPI_providerCreateLineDevice(param2, device);
        TSPI_lineOpen(device, (HTAPILINE)(uintptr_t)(device + 1), &opened, 0x00030001, on_event);
    }
}

/* Decodes the body as every message there is; what decodes must encode to a frame that decodes again. */
static void try_every_decoder(const uint8_t *body, size_t size)
{
    static uint8_t frame[FRAME_BUFFER_SIZE];
#define TRY(name) \
    do { \
        wire_##name value; \
        if (wire_decode_##name(body, size, &value)) { \
            const size_t encoded = wire_encode_##name(frame, sizeof frame, 0, &value); \
            if (encoded == 0 || \
                !wire_decode_##name(frame + WIRE_HEADER_SIZE, encoded - WIRE_HEADER_SIZE, &value)) { \
                abort(); \
            } \
        } \
    } while (0)
    TRY(hello);
    TRY(line_opened);
    TRY(line_closed);
    TRY(make_call);
    TRY(pickup);
    TRY(command);
    TRY(cancel);
    TRY(report);
    TRY(command_number);
    TRY(command_pair);
    TRY(make_call_part);
    TRY(pickup_group);
    TRY(setup_transfer);
    TRY(generate_digits);
    TRY(welcome);
    TRY(line);
    TRY(line_gone);
    TRY(call);
    TRY(result);
    TRY(synced);
#undef TRY
}

static void ask_everything(void)
{
    uint8_t answer[2048];
    for (const struct call *call = calls_first(); call != NULL; call = call->next) {
        const HDRVCALL handle = (HDRVCALL)(uintptr_t)call->handle;
        const DWORD total = (DWORD)sizeof(LINECALLINFO) + call->id % 512u;
        memset(answer, 0, sizeof answer);
        memcpy(answer, &total, sizeof total);
        model_unlock();
        TSPI_lineGetCallInfo(handle, (LPLINECALLINFO)(void *)answer);
        model_lock();
    }
}

static void apply(const struct inbox_item *item)
{
    companion_apply(item);
    events_deliver_completions();
    follow_due_offers();
    ask_everything();
}

/* Takes one frame as the link thread and the dispatcher do. False: the link would be closed. */
static bool take(const wire_frame *frame, enum link_phase *phase, uint32_t connection)
{
    enum message_status status;
    uint8_t *exact = malloc(frame->length > 0 ? frame->length : 1);
    wire_frame copy = *frame;
    if (exact == NULL) {
        return false;
    }
    if (frame->length > 0) {
        memcpy(exact, frame->body, frame->length);
    }
    copy.body = exact;
    try_every_decoder(exact, frame->length);
    struct inbox_item *item = inbox_decode(&copy, connection, &status);
    free(exact);
    if (item == NULL) {
        return status == MESSAGE_UNKNOWN && *phase != LINK_GREETED;
    }
    const bool allowed = link_phase_next(phase, &item->message);
    if (allowed) {
        apply(item);
    }
    free(item);
    return allowed;
}

static void run_stream(const uint8_t *data, size_t size, size_t piece, uint32_t connection)
{
    struct frame_reader reader;
    wire_frame frame;
    enum link_phase phase = LINK_GREETED;
    size_t at = 0;
    frame_reader_start(&reader, buffer, sizeof buffer);
    while (at < size) {
        size_t room = 0;
        uint8_t *space = frame_reader_space(&reader, &room);
        size_t count = size - at < piece ? size - at : piece;
        enum frame_status status;
        count = count < room ? count : room;
        memcpy(space, data + at, count);
        at += count;
        frame_reader_filled(&reader, count);
        while ((status = frame_reader_next(&reader, &frame)) == FRAME_READ) {
            if (!take(&frame, &phase, connection)) {
                return;
            }
        }
        if (status == FRAME_BROKEN) {
            return;
        }
    }
}

/* The connections end, and the dispatcher hears of it. */
static void end_links(void)
{
    struct inbox_item *item;
    for (struct link *link = links_first(); link != NULL; link = link->next) {
        links_end(link);
    }
    while ((item = inbox_take()) != NULL) {
        apply(item);
        free(item);
    }
}

static void ignore_line(void *context, const wire_line *line)
{
    (void)context;
    (void)line;
}

/* What a program sends through tapi32 instead of a dialog's question. */
static void ask_as_program(const uint8_t *data, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL) {
        return;
    }
    if (size > 0) {
        memcpy(exact, data, size);
    }
    TSPI_providerGenericDialogData(7, TUISPIDLL_OBJECT_PROVIDERID, exact, (DWORD)size);
    free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t hello[WIRE_HEADER_SIZE];
    line_table_read(data, size, ignore_line, NULL);
    ask_as_program(data, size);
    if (size == 0) {
        return 0;
    }
    model_lock();
    provider = (struct provider){
        .running = true, .permanent_id = 7, .line_create = on_provider_event, .completion = on_completion};
    offered = 0;
    /* A user's companion, then the service's, which wins every line and says the same. */
    struct link *user = links_begin(1, hello, sizeof hello);
    struct link *service = links_begin(SERVICE_SESSION, hello, sizeof hello);
    if (user != NULL && service != NULL) {
        run_stream(data + 1, size - 1, (size_t)data[0] + 1, user->number);
        run_stream(data + 1, size - 1, (size_t)data[0] + 1, service->number);
    }
    end_links();
    presence_expire(UINT64_MAX);
    requests_complete_all(TSPI_ERROR(OPERATIONFAILED));
    events_deliver_completions();
    calls_clear();
    lines_clear();
    handles_clear();
    presence_clear();
    line_store_clear();
    links_clear();
    model_unlock();
    return 0;
}
