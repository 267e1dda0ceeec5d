/* Generated from contract/shim.schema.json by `npm run generate`. Do not edit. */

/* Needs dump_text, dump_bytes, dump_number and dump_sink from the file that includes it. */
/* Returns the size of the frame encoded again into `again`, 0 when the body is refused. */
static size_t wire_dump(const wire_frame *frame, dump_sink *out, uint8_t *again, size_t capacity)
{
    switch (frame->type) {
    case WIRE_HELLO: {
        wire_hello value;
        if (!wire_decode_hello(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "protocol_min", value.protocol_min);
        dump_number(out, "protocol_max", value.protocol_max);
        dump_number(out, "architecture", value.architecture);
        dump_number(out, "process_id", value.process_id);
        dump_number(out, "provider_id", value.provider_id);
        dump_text(out, "version", &value.version);
        return wire_encode_hello(again, capacity, frame->request, &value);
    }
    case WIRE_LINE_OPENED: {
        wire_line_opened value;
        if (!wire_decode_line_opened(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        dump_number(out, "tspi_version", value.tspi_version);
        return wire_encode_line_opened(again, capacity, frame->request, &value);
    }
    case WIRE_LINE_CLOSED: {
        wire_line_closed value;
        if (!wire_decode_line_closed(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        return wire_encode_line_closed(again, capacity, frame->request, &value);
    }
    case WIRE_MAKE_CALL: {
        wire_make_call value;
        if (!wire_decode_make_call(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        dump_text(out, "target", &value.target);
        return wire_encode_make_call(again, capacity, frame->request, &value);
    }
    case WIRE_PICKUP: {
        wire_pickup value;
        if (!wire_decode_pickup(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        dump_text(out, "target", &value.target);
        return wire_encode_pickup(again, capacity, frame->request, &value);
    }
    case WIRE_COMMAND: {
        wire_command value;
        if (!wire_decode_command(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "call", value.call);
        dump_number(out, "verb", value.verb);
        return wire_encode_command(again, capacity, frame->request, &value);
    }
    case WIRE_CANCEL: {
        wire_cancel value;
        if (!wire_decode_cancel(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "pending", value.pending);
        return wire_encode_cancel(again, capacity, frame->request, &value);
    }
    case WIRE_REPORT: {
        wire_report value;
        if (!wire_decode_report(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "what", value.what);
        dump_number(out, "line", value.line);
        dump_number(out, "call", value.call);
        dump_number(out, "message", value.message);
        dump_number(out, "param1", value.param1);
        dump_number(out, "param2", value.param2);
        dump_number(out, "param3", value.param3);
        return wire_encode_report(again, capacity, frame->request, &value);
    }
    case WIRE_COMMAND_NUMBER: {
        wire_command_number value;
        if (!wire_decode_command_number(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "call", value.call);
        dump_number(out, "verb", value.verb);
        dump_text(out, "target", &value.target);
        return wire_encode_command_number(again, capacity, frame->request, &value);
    }
    case WIRE_COMMAND_PAIR: {
        wire_command_pair value;
        if (!wire_decode_command_pair(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "call", value.call);
        dump_number(out, "verb", value.verb);
        dump_number(out, "other", value.other);
        return wire_encode_command_pair(again, capacity, frame->request, &value);
    }
    case WIRE_MAKE_CALL_PART: {
        wire_make_call_part value;
        if (!wire_decode_make_call_part(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        dump_text(out, "target", &value.target);
        return wire_encode_make_call_part(again, capacity, frame->request, &value);
    }
    case WIRE_PICKUP_GROUP: {
        wire_pickup_group value;
        if (!wire_decode_pickup_group(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        dump_text(out, "group", &value.group);
        return wire_encode_pickup_group(again, capacity, frame->request, &value);
    }
    case WIRE_SETUP_TRANSFER: {
        wire_setup_transfer value;
        if (!wire_decode_setup_transfer(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "call", value.call);
        dump_text(out, "target", &value.target);
        return wire_encode_setup_transfer(again, capacity, frame->request, &value);
    }
    case WIRE_GENERATE_DIGITS: {
        wire_generate_digits value;
        if (!wire_decode_generate_digits(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "call", value.call);
        dump_text(out, "digits", &value.digits);
        dump_number(out, "duration", value.duration);
        return wire_encode_generate_digits(again, capacity, frame->request, &value);
    }
    case WIRE_TRACE: {
        wire_trace value;
        if (!wire_decode_trace(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_text(out, "line", &value.line);
        return wire_encode_trace(again, capacity, frame->request, &value);
    }
    case WIRE_WELCOME: {
        wire_welcome value;
        if (!wire_decode_welcome(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "protocol", value.protocol);
        dump_text(out, "version", &value.version);
        return wire_encode_welcome(again, capacity, frame->request, &value);
    }
    case WIRE_LINE: {
        wire_line value;
        if (!wire_decode_line(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        dump_bytes(out, "guid", value.guid, 16u);
        dump_text(out, "name", &value.name);
        dump_text(out, "address", &value.address);
        dump_text(out, "switch_name", &value.switch_name);
        dump_number(out, "in_service", value.in_service);
        dump_number(out, "line_features", value.line_features);
        dump_number(out, "address_features", value.address_features);
        dump_number(out, "call_features", value.call_features);
        dump_number(out, "max_active_calls", value.max_active_calls);
        return wire_encode_line(again, capacity, frame->request, &value);
    }
    case WIRE_LINE_GONE: {
        wire_line_gone value;
        if (!wire_decode_line_gone(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "line", value.line);
        return wire_encode_line_gone(again, capacity, frame->request, &value);
    }
    case WIRE_CALL: {
        wire_call value;
        if (!wire_decode_call(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "call", value.call);
        dump_number(out, "line", value.line);
        dump_number(out, "state", value.state);
        dump_number(out, "mode", value.mode);
        dump_number(out, "features", value.features);
        dump_number(out, "origin", value.origin);
        dump_number(out, "reason", value.reason);
        dump_number(out, "related_call", value.related_call);
        dump_number(out, "caller.flags", value.caller.flags);
        dump_text(out, "caller.number", &value.caller.number);
        dump_text(out, "caller.name", &value.caller.name);
        dump_number(out, "called.flags", value.called.flags);
        dump_text(out, "called.number", &value.called.number);
        dump_text(out, "called.name", &value.called.name);
        dump_number(out, "connected.flags", value.connected.flags);
        dump_text(out, "connected.number", &value.connected.number);
        dump_text(out, "connected.name", &value.connected.name);
        dump_number(out, "redirecting.flags", value.redirecting.flags);
        dump_text(out, "redirecting.number", &value.redirecting.number);
        dump_text(out, "redirecting.name", &value.redirecting.name);
        dump_number(out, "redirection.flags", value.redirection.flags);
        dump_text(out, "redirection.number", &value.redirection.number);
        dump_text(out, "redirection.name", &value.redirection.name);
        return wire_encode_call(again, capacity, frame->request, &value);
    }
    case WIRE_RESULT: {
        wire_result value;
        if (!wire_decode_result(frame->body, frame->length, &value)) {
            return 0;
        }
        dump_number(out, "status", value.status);
        dump_number(out, "call", value.call);
        return wire_encode_result(again, capacity, frame->request, &value);
    }
    case WIRE_SYNCED: {
        wire_synced value;
        if (!wire_decode_synced(frame->body, frame->length, &value)) {
            return 0;
        }
        (void)out;
        return wire_encode_synced(again, capacity, frame->request, &value);
    }
    default:
        return 0;
    }
}
