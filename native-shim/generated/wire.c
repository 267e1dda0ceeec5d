/* Generated from contract/shim.schema.json by `npm run generate`. Do not edit. */

#include "wire.h"
#include "../wire/wire-io.h"

static bool is_architecture(uint8_t value)
{
    switch (value) {
    case WIRE_ARCHITECTURE_X86:
    case WIRE_ARCHITECTURE_X64:
    case WIRE_ARCHITECTURE_ARM64:
    case WIRE_ARCHITECTURE_NATIVE:
        return true;
    default:
        return false;
    }
}

static bool get_architecture(wire_reader *in, uint8_t *out)
{
    return get_u8(in, out) && is_architecture(*out);
}

static bool put_architecture(wire_writer *out, uint8_t value)
{
    return is_architecture(value) && put_u8(out, value);
}

static bool is_verb(uint8_t value)
{
    switch (value) {
    case WIRE_VERB_ANSWER:
    case WIRE_VERB_DROP:
    case WIRE_VERB_ACCEPT:
    case WIRE_VERB_HOLD:
    case WIRE_VERB_UNHOLD:
        return true;
    default:
        return false;
    }
}

static bool get_verb(wire_reader *in, uint8_t *out)
{
    return get_u8(in, out) && is_verb(*out);
}

static bool put_verb(wire_writer *out, uint8_t value)
{
    return is_verb(value) && put_u8(out, value);
}

static bool is_number_verb(uint8_t value)
{
    switch (value) {
    case WIRE_NUMBER_VERB_DIAL:
    case WIRE_NUMBER_VERB_DIAL_PART:
    case WIRE_NUMBER_VERB_REDIRECT:
    case WIRE_NUMBER_VERB_BLIND_TRANSFER:
        return true;
    default:
        return false;
    }
}

static bool get_number_verb(wire_reader *in, uint8_t *out)
{
    return get_u8(in, out) && is_number_verb(*out);
}

static bool put_number_verb(wire_writer *out, uint8_t value)
{
    return is_number_verb(value) && put_u8(out, value);
}

static bool is_pair_verb(uint8_t value)
{
    switch (value) {
    case WIRE_PAIR_VERB_SWAP_HOLD:
    case WIRE_PAIR_VERB_COMPLETE_TRANSFER:
        return true;
    default:
        return false;
    }
}

static bool get_pair_verb(wire_reader *in, uint8_t *out)
{
    return get_u8(in, out) && is_pair_verb(*out);
}

static bool put_pair_verb(wire_writer *out, uint8_t value)
{
    return is_pair_verb(value) && put_u8(out, value);
}

static bool is_report_kind(uint8_t value)
{
    switch (value) {
    case WIRE_REPORT_KIND_EVENT:
    case WIRE_REPORT_KIND_COMPLETION:
    case WIRE_REPORT_KIND_REQUEST:
    case WIRE_REPORT_KIND_IGNORED:
        return true;
    default:
        return false;
    }
}

static bool get_report_kind(wire_reader *in, uint8_t *out)
{
    return get_u8(in, out) && is_report_kind(*out);
}

static bool put_report_kind(wire_writer *out, uint8_t value)
{
    return is_report_kind(value) && put_u8(out, value);
}

static bool get_party(wire_reader *in, wire_party *out)
{
    return get_u32(in, &out->flags) &&
           get_text(in, 128u, &out->number) &&
           get_text(in, 256u, &out->name);
}

static bool put_party(wire_writer *out, const wire_party *value)
{
    return put_u32(out, value->flags) &&
           put_text(out, 128u, &value->number) &&
           put_text(out, 256u, &value->name);
}

static bool get_hello(wire_reader *in, wire_hello *out)
{
    return get_u16(in, &out->protocol_min) &&
           get_u16(in, &out->protocol_max) &&
           get_architecture(in, &out->architecture) &&
           get_u32(in, &out->process_id) &&
           get_u32(in, &out->provider_id) &&
           get_text(in, 32u, &out->version);
}

static bool put_hello(wire_writer *out, const wire_hello *value)
{
    return put_u16(out, value->protocol_min) &&
           put_u16(out, value->protocol_max) &&
           put_architecture(out, value->architecture) &&
           put_u32(out, value->process_id) &&
           put_u32(out, value->provider_id) &&
           put_text(out, 32u, &value->version);
}

static bool get_line_opened(wire_reader *in, wire_line_opened *out)
{
    return get_u32(in, &out->line) &&
           get_u32(in, &out->tspi_version);
}

static bool put_line_opened(wire_writer *out, const wire_line_opened *value)
{
    return put_u32(out, value->line) &&
           put_u32(out, value->tspi_version);
}

static bool get_line_closed(wire_reader *in, wire_line_closed *out)
{
    return get_u32(in, &out->line);
}

static bool put_line_closed(wire_writer *out, const wire_line_closed *value)
{
    return put_u32(out, value->line);
}

static bool get_make_call(wire_reader *in, wire_make_call *out)
{
    return get_u32(in, &out->line) &&
           get_text(in, 512u, &out->target);
}

static bool put_make_call(wire_writer *out, const wire_make_call *value)
{
    return put_u32(out, value->line) &&
           put_text(out, 512u, &value->target);
}

static bool get_pickup(wire_reader *in, wire_pickup *out)
{
    return get_u32(in, &out->line) &&
           get_text(in, 512u, &out->target);
}

static bool put_pickup(wire_writer *out, const wire_pickup *value)
{
    return put_u32(out, value->line) &&
           put_text(out, 512u, &value->target);
}

static bool get_command(wire_reader *in, wire_command *out)
{
    return get_u32(in, &out->call) &&
           get_verb(in, &out->verb);
}

static bool put_command(wire_writer *out, const wire_command *value)
{
    return put_u32(out, value->call) &&
           put_verb(out, value->verb);
}

static bool get_cancel(wire_reader *in, wire_cancel *out)
{
    return get_u32(in, &out->pending);
}

static bool put_cancel(wire_writer *out, const wire_cancel *value)
{
    return put_u32(out, value->pending);
}

static bool get_report(wire_reader *in, wire_report *out)
{
    return get_report_kind(in, &out->what) &&
           get_u32(in, &out->line) &&
           get_u32(in, &out->call) &&
           get_u32(in, &out->message) &&
           get_u64(in, &out->param1) &&
           get_u64(in, &out->param2) &&
           get_u64(in, &out->param3);
}

static bool put_report(wire_writer *out, const wire_report *value)
{
    return put_report_kind(out, value->what) &&
           put_u32(out, value->line) &&
           put_u32(out, value->call) &&
           put_u32(out, value->message) &&
           put_u64(out, value->param1) &&
           put_u64(out, value->param2) &&
           put_u64(out, value->param3);
}

static bool get_command_number(wire_reader *in, wire_command_number *out)
{
    return get_u32(in, &out->call) &&
           get_number_verb(in, &out->verb) &&
           get_text(in, 512u, &out->target);
}

static bool put_command_number(wire_writer *out, const wire_command_number *value)
{
    return put_u32(out, value->call) &&
           put_number_verb(out, value->verb) &&
           put_text(out, 512u, &value->target);
}

static bool get_command_pair(wire_reader *in, wire_command_pair *out)
{
    return get_u32(in, &out->call) &&
           get_pair_verb(in, &out->verb) &&
           get_u32(in, &out->other);
}

static bool put_command_pair(wire_writer *out, const wire_command_pair *value)
{
    return put_u32(out, value->call) &&
           put_pair_verb(out, value->verb) &&
           put_u32(out, value->other);
}

static bool get_make_call_part(wire_reader *in, wire_make_call_part *out)
{
    return get_u32(in, &out->line) &&
           get_text(in, 512u, &out->target);
}

static bool put_make_call_part(wire_writer *out, const wire_make_call_part *value)
{
    return put_u32(out, value->line) &&
           put_text(out, 512u, &value->target);
}

static bool get_pickup_group(wire_reader *in, wire_pickup_group *out)
{
    return get_u32(in, &out->line) &&
           get_text(in, 512u, &out->group);
}

static bool put_pickup_group(wire_writer *out, const wire_pickup_group *value)
{
    return put_u32(out, value->line) &&
           put_text(out, 512u, &value->group);
}

static bool get_setup_transfer(wire_reader *in, wire_setup_transfer *out)
{
    return get_u32(in, &out->call) &&
           get_text(in, 512u, &out->target);
}

static bool put_setup_transfer(wire_writer *out, const wire_setup_transfer *value)
{
    return put_u32(out, value->call) &&
           put_text(out, 512u, &value->target);
}

static bool get_generate_digits(wire_reader *in, wire_generate_digits *out)
{
    return get_u32(in, &out->call) &&
           get_text(in, 512u, &out->digits) &&
           get_u32(in, &out->duration);
}

static bool put_generate_digits(wire_writer *out, const wire_generate_digits *value)
{
    return put_u32(out, value->call) &&
           put_text(out, 512u, &value->digits) &&
           put_u32(out, value->duration);
}

static bool get_trace(wire_reader *in, wire_trace *out)
{
    return get_text(in, 256u, &out->line);
}

static bool put_trace(wire_writer *out, const wire_trace *value)
{
    return put_text(out, 256u, &value->line);
}

static bool get_welcome(wire_reader *in, wire_welcome *out)
{
    return get_u16(in, &out->protocol) &&
           get_text(in, 32u, &out->version);
}

static bool put_welcome(wire_writer *out, const wire_welcome *value)
{
    return put_u16(out, value->protocol) &&
           put_text(out, 32u, &value->version);
}

static bool get_line(wire_reader *in, wire_line *out)
{
    return get_u32(in, &out->line) &&
           get_bytes(in, 16u, out->guid) &&
           get_text(in, 256u, &out->name) &&
           get_text(in, 128u, &out->address) &&
           get_text(in, 256u, &out->switch_name) &&
           get_bool(in, &out->in_service) &&
           get_u32(in, &out->line_features) &&
           get_u32(in, &out->address_features) &&
           get_u32(in, &out->call_features) &&
           get_u32(in, &out->max_active_calls);
}

static bool put_line(wire_writer *out, const wire_line *value)
{
    return put_u32(out, value->line) &&
           put_bytes(out, 16u, value->guid) &&
           put_text(out, 256u, &value->name) &&
           put_text(out, 128u, &value->address) &&
           put_text(out, 256u, &value->switch_name) &&
           put_bool(out, value->in_service) &&
           put_u32(out, value->line_features) &&
           put_u32(out, value->address_features) &&
           put_u32(out, value->call_features) &&
           put_u32(out, value->max_active_calls);
}

static bool get_line_gone(wire_reader *in, wire_line_gone *out)
{
    return get_u32(in, &out->line);
}

static bool put_line_gone(wire_writer *out, const wire_line_gone *value)
{
    return put_u32(out, value->line);
}

static bool get_call(wire_reader *in, wire_call *out)
{
    return get_u32(in, &out->call) &&
           get_u32(in, &out->line) &&
           get_u32(in, &out->state) &&
           get_u32(in, &out->mode) &&
           get_u32(in, &out->features) &&
           get_u32(in, &out->origin) &&
           get_u32(in, &out->reason) &&
           get_u32(in, &out->related_call) &&
           get_party(in, &out->caller) &&
           get_party(in, &out->called) &&
           get_party(in, &out->connected) &&
           get_party(in, &out->redirecting) &&
           get_party(in, &out->redirection);
}

static bool put_call(wire_writer *out, const wire_call *value)
{
    return put_u32(out, value->call) &&
           put_u32(out, value->line) &&
           put_u32(out, value->state) &&
           put_u32(out, value->mode) &&
           put_u32(out, value->features) &&
           put_u32(out, value->origin) &&
           put_u32(out, value->reason) &&
           put_u32(out, value->related_call) &&
           put_party(out, &value->caller) &&
           put_party(out, &value->called) &&
           put_party(out, &value->connected) &&
           put_party(out, &value->redirecting) &&
           put_party(out, &value->redirection);
}

static bool get_result(wire_reader *in, wire_result *out)
{
    return get_u32(in, &out->status) &&
           get_u32(in, &out->call);
}

static bool put_result(wire_writer *out, const wire_result *value)
{
    return put_u32(out, value->status) &&
           put_u32(out, value->call);
}

static bool get_synced(wire_reader *in, wire_synced *out)
{
    out->nothing = 0;
    (void)in;
    return true;
}

static bool put_synced(wire_writer *out, const wire_synced *value)
{
    (void)out;
    (void)value;
    return true;
}

bool wire_decode_header(const uint8_t *bytes, wire_frame *out)
{
    wire_reader in = {bytes, WIRE_HEADER_SIZE};
    out->body = NULL;
    return get_u32(&in, &out->length) && get_u8(&in, &out->type) && get_u32(&in, &out->request) &&
           out->length <= WIRE_MAX_BODY;
}

bool wire_decode_hello(const uint8_t *body, size_t size, wire_hello *out)
{
    wire_reader in = {body, size};
    return get_hello(&in, out);
}

size_t wire_encode_hello(uint8_t *out, size_t capacity, uint32_t request, const wire_hello *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_HELLO, request) || !put_hello(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_line_opened(const uint8_t *body, size_t size, wire_line_opened *out)
{
    wire_reader in = {body, size};
    return get_line_opened(&in, out);
}

size_t wire_encode_line_opened(uint8_t *out, size_t capacity, uint32_t request, const wire_line_opened *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_LINE_OPENED, request) || !put_line_opened(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_line_closed(const uint8_t *body, size_t size, wire_line_closed *out)
{
    wire_reader in = {body, size};
    return get_line_closed(&in, out);
}

size_t wire_encode_line_closed(uint8_t *out, size_t capacity, uint32_t request, const wire_line_closed *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_LINE_CLOSED, request) || !put_line_closed(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_make_call(const uint8_t *body, size_t size, wire_make_call *out)
{
    wire_reader in = {body, size};
    return get_make_call(&in, out);
}

size_t wire_encode_make_call(uint8_t *out, size_t capacity, uint32_t request, const wire_make_call *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_MAKE_CALL, request) || !put_make_call(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_pickup(const uint8_t *body, size_t size, wire_pickup *out)
{
    wire_reader in = {body, size};
    return get_pickup(&in, out);
}

size_t wire_encode_pickup(uint8_t *out, size_t capacity, uint32_t request, const wire_pickup *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_PICKUP, request) || !put_pickup(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_command(const uint8_t *body, size_t size, wire_command *out)
{
    wire_reader in = {body, size};
    return get_command(&in, out);
}

size_t wire_encode_command(uint8_t *out, size_t capacity, uint32_t request, const wire_command *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_COMMAND, request) || !put_command(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_cancel(const uint8_t *body, size_t size, wire_cancel *out)
{
    wire_reader in = {body, size};
    return get_cancel(&in, out);
}

size_t wire_encode_cancel(uint8_t *out, size_t capacity, uint32_t request, const wire_cancel *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_CANCEL, request) || !put_cancel(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_report(const uint8_t *body, size_t size, wire_report *out)
{
    wire_reader in = {body, size};
    return get_report(&in, out);
}

size_t wire_encode_report(uint8_t *out, size_t capacity, uint32_t request, const wire_report *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_REPORT, request) || !put_report(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_command_number(const uint8_t *body, size_t size, wire_command_number *out)
{
    wire_reader in = {body, size};
    return get_command_number(&in, out);
}

size_t wire_encode_command_number(uint8_t *out, size_t capacity, uint32_t request, const wire_command_number *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_COMMAND_NUMBER, request) || !put_command_number(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_command_pair(const uint8_t *body, size_t size, wire_command_pair *out)
{
    wire_reader in = {body, size};
    return get_command_pair(&in, out);
}

size_t wire_encode_command_pair(uint8_t *out, size_t capacity, uint32_t request, const wire_command_pair *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_COMMAND_PAIR, request) || !put_command_pair(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_make_call_part(const uint8_t *body, size_t size, wire_make_call_part *out)
{
    wire_reader in = {body, size};
    return get_make_call_part(&in, out);
}

size_t wire_encode_make_call_part(uint8_t *out, size_t capacity, uint32_t request, const wire_make_call_part *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_MAKE_CALL_PART, request) || !put_make_call_part(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_pickup_group(const uint8_t *body, size_t size, wire_pickup_group *out)
{
    wire_reader in = {body, size};
    return get_pickup_group(&in, out);
}

size_t wire_encode_pickup_group(uint8_t *out, size_t capacity, uint32_t request, const wire_pickup_group *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_PICKUP_GROUP, request) || !put_pickup_group(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_setup_transfer(const uint8_t *body, size_t size, wire_setup_transfer *out)
{
    wire_reader in = {body, size};
    return get_setup_transfer(&in, out);
}

size_t wire_encode_setup_transfer(uint8_t *out, size_t capacity, uint32_t request, const wire_setup_transfer *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_SETUP_TRANSFER, request) || !put_setup_transfer(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_generate_digits(const uint8_t *body, size_t size, wire_generate_digits *out)
{
    wire_reader in = {body, size};
    return get_generate_digits(&in, out);
}

size_t wire_encode_generate_digits(uint8_t *out, size_t capacity, uint32_t request, const wire_generate_digits *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_GENERATE_DIGITS, request) || !put_generate_digits(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_trace(const uint8_t *body, size_t size, wire_trace *out)
{
    wire_reader in = {body, size};
    return get_trace(&in, out);
}

size_t wire_encode_trace(uint8_t *out, size_t capacity, uint32_t request, const wire_trace *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_TRACE, request) || !put_trace(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_welcome(const uint8_t *body, size_t size, wire_welcome *out)
{
    wire_reader in = {body, size};
    return get_welcome(&in, out);
}

size_t wire_encode_welcome(uint8_t *out, size_t capacity, uint32_t request, const wire_welcome *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_WELCOME, request) || !put_welcome(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_line(const uint8_t *body, size_t size, wire_line *out)
{
    wire_reader in = {body, size};
    return get_line(&in, out);
}

size_t wire_encode_line(uint8_t *out, size_t capacity, uint32_t request, const wire_line *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_LINE, request) || !put_line(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_line_gone(const uint8_t *body, size_t size, wire_line_gone *out)
{
    wire_reader in = {body, size};
    return get_line_gone(&in, out);
}

size_t wire_encode_line_gone(uint8_t *out, size_t capacity, uint32_t request, const wire_line_gone *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_LINE_GONE, request) || !put_line_gone(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_call(const uint8_t *body, size_t size, wire_call *out)
{
    wire_reader in = {body, size};
    return get_call(&in, out);
}

size_t wire_encode_call(uint8_t *out, size_t capacity, uint32_t request, const wire_call *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_CALL, request) || !put_call(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_result(const uint8_t *body, size_t size, wire_result *out)
{
    wire_reader in = {body, size};
    return get_result(&in, out);
}

size_t wire_encode_result(uint8_t *out, size_t capacity, uint32_t request, const wire_result *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_RESULT, request) || !put_result(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}

bool wire_decode_synced(const uint8_t *body, size_t size, wire_synced *out)
{
    wire_reader in = {body, size};
    return get_synced(&in, out);
}

size_t wire_encode_synced(uint8_t *out, size_t capacity, uint32_t request, const wire_synced *value)
{
    wire_writer to = {out, capacity, 0};
    if (!put_header(&to, WIRE_SYNCED, request) || !put_synced(&to, value)) {
        return 0;
    }
    return finish_frame(&to);
}
