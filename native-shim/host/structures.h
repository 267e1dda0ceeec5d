/* TAPI structures as the provider fills them: asked for with much room and with too little, and judged. */
#ifndef TAPLINE_HOST_STRUCTURES_H
#define TAPLINE_HOST_STRUCTURES_H

#include "output.h"

/* Room for every structure with its texts. */
#define ANSWER_SIZE 8192u

union answer {
    uint8_t bytes[ANSWER_SIZE];
    LINEDEVCAPS dev_caps;
    LINEADDRESSCAPS address_caps;
    LINEDEVSTATUS line_status;
    LINEADDRESSSTATUS address_status;
    LINECALLINFO call_info;
    LINECALLSTATUS call_status;
};

/* Who is asked: a device or a handle. */
struct subject {
    DWORD device;
    DWORD version;
    HDRVLINE line;
    HDRVCALL call;
};

typedef LONG (*structure_asker)(const struct subject *subject, union answer *answer);

/* Fills `answer`, a zeroed one, and judges its sizes. What the provider returned. */
LONG structure_ask(structure_asker ask, const struct subject *subject, union answer *answer);

/* Writes a UTF-16 part as a field, and judges where it lies and how it ends; nothing when it has no size. */
void structure_text(struct output *out, const char *name, const union answer *answer, DWORD size,
                    DWORD offset);

#endif
