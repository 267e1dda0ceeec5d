/* The lines companions have published, now or before, and what TAPI was told of them. The caller holds the
 * model lock. */
#ifndef TAPLINE_LINES_H
#define TAPLINE_LINES_H

#include "../generated/wire.h"
#include "constants.h"
#include "telephony.h"

struct line {
    struct line *next;
    uint32_t id; /* of the companion: dwPermanentLineID */
    uint8_t guid[16];
    char name[NAME_BYTES_MAX + 1];
    char address[NUMBER_BYTES_MAX + 1];
    char switch_name[NAME_BYTES_MAX + 1];
    uint32_t line_features;
    uint32_t address_features;
    uint32_t call_features;
    uint32_t max_active_calls;
    bool in_service;      /* as the companion said last */
    bool told_in_service; /* as TAPI was told last, and as questions are answered */

    uint32_t publisher;     /* number of the link whose word counts; 0: none */
    uint32_t claims;        /* bits of all links that publish it, see links.h */
    uint32_t home;          /* session of the companion that published it last, if `has_home` */
    bool has_home;          /* one did since the provider started */
    uint64_t calls_until;   /* without a publisher: end of the calls' grace, 0: not running */
    uint64_t service_until; /* end of the line's grace, 0: not running */

    uint32_t place; /* in the table on disk, from 1 on; 0: it came later */
    uint32_t token; /* temporary id of LINE_CREATE */
    bool announced; /* TAPI was told of the line: by count, or by LINE_CREATE */
    bool created;   /* the device id is bound: by its place, or by TSPI_providerCreateLineDevice */
    DWORD device;

    uint32_t handle; /* HDRVLINE while TAPI has the line open, else 0 */
    HTAPILINE tapi;
    LINEEVENT event;
    DWORD version;
    DWORD media_modes; /* of TSPI_lineSetDefaultMediaDetection */
    bool is_fresh;     /* TAPI has opened it, and has not said yet what its programs want to hear */
    bool offers_due;   /* calls wait to be offered */
    DWORD told_calls;  /* calls of the address, as TAPI was told last */
};

/* The first line; the others follow by `next`. */
struct line *lines_first(void);

/*
 * All lines, the oldest first, then NULL; the list in memory has the newest first. To be freed. NULL: no
 * memory.
 */
const struct line **lines_in_order(uint32_t *count);

/* NULL: there is none. */
struct line *line_find(uint32_t id);
struct line *line_find_device(DWORD device);
struct line *line_find_token(DWORD_PTR token);
struct line *line_find_handle(HDRVLINE handle);

/* A new line without properties. NULL: LINES_MAX reached, or no memory. */
struct line *line_create(uint32_t id);

/* Takes over what the companion says. True: a property that LINEDEVCAPS or LINEADDRESSCAPS shows has changed.
 */
bool line_update(struct line *line, const wire_line *from);

/* Takes the line out, with its handle. Its calls are gone already. */
void line_remove(struct line *line);

void lines_clear(void);

#endif
