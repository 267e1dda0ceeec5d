/* What of a dial string is sent on, and what is refused. */
#include "../shim/dialstring.h"

#include "../shim/constants.h"
#include "../shim/utf16.h"
#include "check.h"

#include <string.h>

#define UNITS_MAX 699u

static char scanned[TARGET_BYTES_MAX + 1];

static LONG scan_as(const char *text, bool *partial)
{
    WCHAR units[UNITS_MAX + 1];
    const size_t length = utf16_from_utf8(units, UNITS_MAX, text, strlen(text));
    NEED(length <= UNITS_MAX);
    units[length] = 0;
    scanned[0] = '\0';
    return dialstring_scan(units, scanned, sizeof scanned, partial);
}

static LONG scan(const char *text)
{
    return scan_as(text, NULL);
}

/* The same where a part of a number may come; says whether it was one. */
static bool scan_part(const char *text, LONG *result)
{
    bool partial = false;
    *result = scan_as(text, &partial);
    return partial;
}

static bool leaves(const char *text, const char *expected)
{
    return scan(text) == 0 && strcmp(scanned, expected) == 0;
}

/* Statement 63 of the conformance list. */
static void control_characters_are_named(void)
{
    CHECK(scan("832W") == TSPI_ERROR(DIALDIALTONE));
    CHECK(scan("0w832") == TSPI_ERROR(DIALDIALTONE));
    CHECK(scan("832@") == TSPI_ERROR(DIALQUIET));
    CHECK(scan("832$") == TSPI_ERROR(DIALBILLING));
    CHECK(scan("832?") == TSPI_ERROR(DIALPROMPT));
    CHECK(scan("8!32") == TSPI_ERROR(INVALADDRESS));
    CHECK(scan("832;") == TSPI_ERROR(INVALADDRESS));
}

/* Statement 64 of the conformance list. */
static void what_cannot_be_dialled_is_refused(void)
{
    CHECK(scan("") == TSPI_ERROR(INVALADDRESS));
    CHECK(scan("abc-") == TSPI_ERROR(INVALADDRESS));
    CHECK(scan("+ () -") == TSPI_ERROR(INVALADDRESS));
    CHECK(scan("|832") == TSPI_ERROR(INVALADDRESS));
    CHECK(scan("sip:832") == TSPI_ERROR(INVALADDRESS));
}

static void what_can_be_dialled_is_left_alone(void)
{
    CHECK(leaves("832", "832"));
    CHECK(leaves("+49 (0) 29691 0", "+49 (0) 29691 0"));
    CHECK(leaves("*21#A1", "*21#A1"));
    CHECK(leaves("８３２", "８３２"));
}

static void what_a_pbx_does_not_need_is_dropped(void)
{
    CHECK(leaves("T832", "832"));
    CHECK(leaves("P0,832", "0832"));
    CHECK(leaves("TEL:832", "832"));
    CHECK(leaves("832|5^Eva", "832"));
    CHECK(leaves("832\r\n833", "832"));
}

static void the_length_is_bounded(void)
{
    char digits[TARGET_BYTES_MAX + 2];
    memset(digits, '1', sizeof digits);
    digits[TARGET_BYTES_MAX] = '\0';
    CHECK(leaves(digits, digits));
    digits[TARGET_BYTES_MAX] = '1';
    digits[TARGET_BYTES_MAX + 1] = '\0';
    CHECK(scan(digits) == TSPI_ERROR(INVALADDRESS));
}

static void a_semicolon_at_the_end_promises_more(void)
{
    LONG result = 0;
    CHECK(scan_part("83;", &result) && result == 0 && strcmp(scanned, "83") == 0);
    CHECK(scan_part(";", &result) && result == 0 && strcmp(scanned, "") == 0);
    CHECK(scan_part("83;|5^Eva", &result) && result == 0 && strcmp(scanned, "83") == 0);
    CHECK(!scan_part("83", &result) && result == 0);
    CHECK(!scan_part("8;3", &result) && result == TSPI_ERROR(INVALADDRESS));
    CHECK(!scan_part("", &result) && result == TSPI_ERROR(INVALADDRESS));
    scan_part("83W;", &result);
    CHECK(result == TSPI_ERROR(DIALDIALTONE));
    scan_part("abc;", &result);
    CHECK(result == TSPI_ERROR(INVALADDRESS));
}

void test_dialstrings(void)
{
    RUN(a_semicolon_at_the_end_promises_more);
    RUN(control_characters_are_named);
    RUN(what_cannot_be_dialled_is_refused);
    RUN(what_can_be_dialled_is_left_alone);
    RUN(what_a_pbx_does_not_need_is_dropped);
    RUN(the_length_is_bounded);
}
