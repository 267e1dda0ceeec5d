/* The dialog's texts: both languages whole, no two mnemonics alike, nothing longer than its room. */
#include "../../shim/utf16.h"
#include "../../tests/check.h"
#include "../texts.h"

#include <ctype.h>
#include <string.h>

static const enum dialog_language languages[] = {DIALOG_ENGLISH, DIALOG_GERMAN};

static wire_text of(const char *text)
{
    return (wire_text){.data = text, .size = (uint16_t)strlen(text)};
}

static bool is_utf8(const char *text)
{
    return utf16_from_utf8(NULL, 0, text, strlen(text)) != UTF16_INVALID;
}

static void german_windows_of_any_kind_gets_german(void)
{
    static const uint16_t german[] = {0x0407, 0x0807, 0x0C07, 0x1007, 0x1407};
    static const uint16_t other[] = {0x0409, 0x0809, 0x040C, 0x0413, 0};
    for (size_t i = 0; i < sizeof german / sizeof *german; i++) {
        CHECK(dialog_language_of(german[i]) == DIALOG_GERMAN);
        CHECK(dialog_language_of(other[i]) == DIALOG_ENGLISH);
    }
}

static void each_text_is_there_in_both_languages(void)
{
    for (int i = 0; i < DIALOG_TEXT_COUNT; i++) {
        const char *english = dialog_text(DIALOG_ENGLISH, (enum dialog_text)i);
        const char *german = dialog_text(DIALOG_GERMAN, (enum dialog_text)i);
        NEED(english != NULL && german != NULL);
        CHECK(english[0] != '\0' && german[0] != '\0');
        CHECK(strlen(german) < DIALOG_TEXT_MAX && is_utf8(german) && is_utf8(english));
        CHECK(i == TEXT_VERSION_LABEL || strcmp(english, german) != 0);
    }
}

static void what_the_keyboard_reaches_has_its_own_letter(void)
{
    static const enum dialog_text reachable[] = {TEXT_LINES_LABEL, TEXT_TRACE, TEXT_OPEN, TEXT_CLOSE};
    for (size_t l = 0; l < 2; l++) {
        unsigned seen = 0;
        for (size_t i = 0; i < sizeof reachable / sizeof *reachable; i++) {
            const char *mark = strchr(dialog_text(languages[l], reachable[i]), '&');
            NEED(mark != NULL && isalpha((unsigned char)mark[1]));
            const unsigned bit = 1u << (tolower((unsigned char)mark[1]) - 'a');
            CHECK((seen & bit) == 0);
            seen |= bit;
        }
    }
}

static void the_version_names_both_sides(void)
{
    char text[DIALOG_TEXT_MAX];
    const struct dialog_state state = {.release = of("1.2.3"), .architecture = WIRE_ARCHITECTURE_X64};
    dialog_version(text, DIALOG_ENGLISH, &state, WIRE_ARCHITECTURE_X86);
    CHECK(strcmp(text, "1.2.3 (telephony service: x64, this program: x86)") == 0);
    dialog_version(text, DIALOG_GERMAN, NULL, WIRE_ARCHITECTURE_ARM64);
    CHECK(strcmp(text, TAPLINE_VERSION " (dieses Programm: ARM64)") == 0);
}

static void a_line_is_a_row_of_three_parts(void)
{
    char text[DIALOG_TEXT_MAX];
    struct dialog_line line = {.number = of("831"), .name = of("Zoë\tA"), .in_service = true, .open = true};
    dialog_row(text, DIALOG_ENGLISH, &line);
    CHECK(strcmp(text, "Zoë A\t831\tin service, in use") == 0);
    line.in_service = false;
    line.open = false;
    dialog_row(text, DIALOG_GERMAN, &line);
    CHECK(strcmp(text, "Zoë A\t831\taußer Betrieb") == 0);
    dialog_title(text, DIALOG_GERMAN, of("Jan (831)"));
    CHECK(strcmp(text, "Tapline: Jan (831)") == 0);
    dialog_title(text, DIALOG_ENGLISH, (wire_text){0});
    CHECK(strcmp(text, "Tapline: telephone lines") == 0);
}

static void problems_say_what_why_and_what_to_do(void)
{
    char text[DIALOG_TEXT_MAX];
    dialog_no_answer(text, DIALOG_ENGLISH, 0x80000048u);
    CHECK(strstr(text, "0x80000048") != NULL && strstr(text, "restart Windows") != NULL);
    dialog_other_release(text, DIALOG_GERMAN, of("0.0.9"));
    CHECK(strstr(text, "Tapline 0.0.9") != NULL && strstr(text, TAPLINE_VERSION) != NULL);
    dialog_cannot_start(text, DIALOG_ENGLISH, "C:\\Tapline.exe", 5);
    CHECK(strcmp(text, "Windows could not start C:\\Tapline.exe (error 5). Run Tapline's installer again.") ==
          0);
}

static void a_text_too_long_is_cut_at_a_character(void)
{
    char path[3 * DIALOG_TEXT_MAX];
    char text[DIALOG_TEXT_MAX];
    for (unsigned shift = 0; shift < 4; shift++) {
        memset(path, 'x', shift);
        for (size_t at = shift; at + 4 < sizeof path; at += 4) {
            memcpy(path + at, "😀", 4);
            path[at + 4] = '\0';
        }
        dialog_cannot_start(text, DIALOG_GERMAN, path, 5);
        CHECK(strlen(text) < DIALOG_TEXT_MAX && strlen(text) >= DIALOG_TEXT_MAX - 5 && is_utf8(text));
    }
}

void test_dialog_texts(void)
{
    RUN(german_windows_of_any_kind_gets_german);
    RUN(each_text_is_there_in_both_languages);
    RUN(what_the_keyboard_reaches_has_its_own_letter);
    RUN(the_version_names_both_sides);
    RUN(a_line_is_a_row_of_three_parts);
    RUN(problems_say_what_why_and_what_to_do);
    RUN(a_text_too_long_is_cut_at_a_character);
}
