/* Texts between UTF-8 and UTF-16. */
#include "../shim/utf16.h"
#include "check.h"

#include <string.h>

static void texts_survive_both_ways(void)
{
    static const char *texts[] = {"", "831", "Jan Lörenz", "Жанна", "😀 Grüße 𝄞", "\xEF\xBF\xBF"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        WCHAR units[64];
        char back[128];
        const size_t length = utf16_from_utf8(units, 64, texts[i], strlen(texts[i]));
        CHECK(length <= 64);
        CHECK(utf16_to_utf8(back, sizeof back, units, length) == strlen(texts[i]));
        CHECK(strcmp(back, texts[i]) == 0);
    }
}

static void a_surrogate_pair_is_two_units(void)
{
    WCHAR units[2] = {0, 0};
    CHECK(utf16_from_utf8(units, 2, "😀", 4) == 2);
    CHECK(units[0] == 0xD83D && units[1] == 0xDE00);
}

static void what_is_no_utf8_is_refused(void)
{
    static const char *texts[] = {"\x80",         "\xC0\x80",         "\xC3", "\xE2\x82",
                                  "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "a\xC3("};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK(utf16_from_utf8(NULL, 0, texts[i], strlen(texts[i])) == UTF16_INVALID);
    }
}

static void too_little_room_writes_nothing(void)
{
    WCHAR units[3] = {7, 7, 7};
    CHECK(utf16_from_utf8(units, 2, "abc", 3) == 3);
    CHECK(units[0] == 7);
    char text[3] = "";
    const WCHAR abc[] = {'a', 'b', 'c'};
    CHECK(utf16_to_utf8(text, sizeof text, abc, 3) == UTF16_INVALID);
    CHECK(utf16_to_utf8(text, sizeof text, abc, 2) == 2);
}

static void lone_surrogates_are_refused(void)
{
    char text[16];
    const WCHAR high[] = {0xD83D, 'a'};
    const WCHAR low[] = {0xDE00};
    CHECK(utf16_to_utf8(text, sizeof text, high, 2) == UTF16_INVALID);
    CHECK(utf16_to_utf8(text, sizeof text, high, 1) == UTF16_INVALID);
    CHECK(utf16_to_utf8(text, sizeof text, low, 1) == UTF16_INVALID);
}

static void device_classes_compare_without_case(void)
{
    const WCHAR upper[] = {'T', 'A', 'P', 'I', '/', 'L', 'i', 'n', 'e', 0};
    const WCHAR longer[] = {'t', 'a', 'p', 'i', '/', 'l', 'i', 'n', 'e', 's', 0};
    CHECK(utf16_equals_ascii(upper, "tapi/line"));
    CHECK(!utf16_equals_ascii(longer, "tapi/line"));
    CHECK(!utf16_equals_ascii(upper + 9, "tapi/line"));
}

static void texts_are_cut_between_characters(void)
{
    const char *text = "a\xC3\xA4\xF0\x9F\x98\x80"; /* one, two and four bytes */
    CHECK(utf8_fitting(text, 0) == 0);
    CHECK(utf8_fitting(text, 1) == 1);
    CHECK(utf8_fitting(text, 2) == 1);
    CHECK(utf8_fitting(text, 3) == 3);
    CHECK(utf8_fitting(text, 6) == 3);
    CHECK(utf8_fitting(text, 7) == 7);
    CHECK(utf8_fitting(text, 100) == 7);
}

void test_utf16(void)
{
    RUN(texts_survive_both_ways);
    RUN(a_surrogate_pair_is_two_units);
    RUN(what_is_no_utf8_is_refused);
    RUN(too_little_room_writes_nothing);
    RUN(lone_surrogates_are_refused);
    RUN(device_classes_compare_without_case);
    RUN(texts_are_cut_between_characters);
}
