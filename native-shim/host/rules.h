/*
 * What the host judges while a provider runs. Each rule has the number of the statement of the conformance
 * list (docs/tapi-conformance.md) it enforces; 0 is a limit of the host itself.
 *
 * RULE(name, statement, what was broken)
 */
#ifndef TAPLINE_HOST_RULES_H
#define TAPLINE_HOST_RULES_H

/* clang-format off */
#define HOST_RULES(RULE) \
    RULE(RULE_HOST_LIMIT, 0, "too much for the host") \
    RULE(RULE_EXPORT_MISSING, 1, "a function is not exported") \
    RULE(RULE_EXPORT_DECORATED, 2, "a function is exported under a decorated name") \
    RULE(RULE_STACK, 5, "a function leaves the stack out of balance") \
    RULE(RULE_SLOW_NEGOTIATION, 12, "the negotiation takes too long") \
    RULE(RULE_START_COUNTS, 15, "unexpected counts") \
    RULE(RULE_SLOW_START, 15, "the start takes too long") \
    RULE(RULE_SLOW_END, 19, "the end takes too long") \
    RULE(RULE_AFTER_END, 19, "a callback after the end") \
    RULE(RULE_NEVER_COMPLETED, 21, "a request was never completed") \
    RULE(RULE_SIZES, 25, "the sizes of a structure are wrong") \
    RULE(RULE_TEXT, 25, "a text has no end or lies outside its structure") \
    RULE(RULE_TOTAL_SIZE, 26, "the total size was changed") \
    RULE(RULE_CANARY, 28, "bytes beyond the total size were written") \
    RULE(RULE_INLINE_EVENT, 40, "an event inside a function that opens the line") \
    RULE(RULE_LINE_CLOSED, 49, "an event for a line that is not open") \
    RULE(RULE_INLINE_CALL, 53, "a call is offered inside a function that opens the line") \
    RULE(RULE_NO_HANDLE, 54, "a new call has no handle") \
    RULE(RULE_EARLY_EVENT, 55, "an event before the completion") \
    RULE(RULE_COMPLETED_CALL, 56, "a call cannot be asked inside its completion") \
    RULE(RULE_COMPLETED_TWICE, 57, "completed twice") \
    RULE(RULE_FIRST_STATE, 58, "illegal first state") \
    RULE(RULE_TRANSITION, 58, "illegal transition") \
    RULE(RULE_MEDIA_MODE, 58, "LINE_CALLSTATE without the media mode") \
    RULE(RULE_FAILED_CALL, 60, "an event for a call that failed") \
    RULE(RULE_OUTLIVED, 72, "a request outlived its call") \
    RULE(RULE_CELL, 74, "the cell of LINE_NEWCALL is not empty") \
    RULE(RULE_NEW_CALL, 75, "a new call cannot be asked") \
    RULE(RULE_UNKNOWN_CALL, 76, "an event for an unknown call") \
    RULE(RULE_REFUSED_CALL, 77, "a refused call was offered again") \
    RULE(RULE_NO_IDLE, 80, "a call that ended never became IDLE") \
    RULE(RULE_STATUS, 88, "the status is not the state that is reported") \
    RULE(RULE_UNKNOWN_REQUEST, 104, "completion of an unknown request") \
    RULE(RULE_POSITIVE_RESULT, 104, "completion with a positive result") \
    RULE(RULE_REFUSED_COMPLETED, 104, "a refused request was completed") \
    RULE(RULE_NO_REQUEST_ID, 104, "an asynchronous function returned no request id") \
    RULE(RULE_AFTER_IDLE, 105, "an event after IDLE") \
    RULE(RULE_SAME_STATE, 105, "the same state twice") \
    RULE(RULE_OVERLAP, 106, "callbacks overlap") \
    RULE(RULE_SLOW_FUNCTION, 107, "a function takes too long") \
    RULE(RULE_CLOSED_CALL, 109, "an event for a closed call") \
    RULE(RULE_HANDLE_REUSED, 111, "the handle of a call is used again too soon") \
    RULE(RULE_PROVIDER_EVENT, 112, "unexpected provider event") \
    RULE(RULE_REMOVED_LINE, 114, "LINE_REMOVE of an unknown line")
/* clang-format on */

#define RULE_NAME(name, statement, what) name,
enum rule { HOST_RULES(RULE_NAME) RULES };
#undef RULE_NAME

/* Writes a finding; the host then ends with a failure. Not while the book is locked. */
void violation(enum rule rule, const char *detail);
unsigned violations(void);

#endif
