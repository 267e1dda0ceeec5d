#include "arguments.h"

#include "console.h"
#include "exit-codes.h"
#include "limits.h"

#include <string.h>

static const struct {
    const WCHAR *word;
    enum setup_command command;
} commands[] = {
    {L"install", COMMAND_INSTALL}, {L"remove", COMMAND_REMOVE},           {L"status", COMMAND_STATUS},
    {L"repair", COMMAND_REPAIR},   {L"forget-line", COMMAND_FORGET_LINE}, {L"--help", COMMAND_HELP},
};

/* A decimal number from 1 to `most`; 0: it is none. */
static DWORD read_number(const WCHAR *word, DWORD most)
{
    ULONGLONG value = 0;
    for (const WCHAR *at = word; *at != L'\0'; at++) {
        if (*at < L'0' || *at > L'9') {
            return 0;
        }
        value = value * 10 + (ULONGLONG)(*at - L'0');
        if (value > most) {
            return 0;
        }
    }
    return (DWORD)value;
}

static bool read_language(const WCHAR *word)
{
    const bool german = wcscmp(word, L"de") == 0;
    if (german || wcscmp(word, L"en") == 0) {
        console_use_german(german);
        return true;
    }
    return false;
}

/* The language comes first: whatever else is wrong is then said in it. */
static bool find_language(int count, WCHAR **words)
{
    bool found = false;
    for (int i = 1; i < count; i++) {
        if (wcscmp(words[i], L"--language") != 0) {
            continue;
        }
        if (found || i + 1 >= count || !read_language(words[i + 1])) {
            return false;
        }
        found = true;
    }
    return true;
}

static const char *read_command(const WCHAR *word, struct arguments *out)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (wcscmp(word, commands[i].word) == 0) {
            out->command = commands[i].command;
            return NULL;
        }
    }
    return console_choose("the command is unknown", "den Befehl gibt es nicht");
}

/* Reads the word at *at, and its value if it takes one. */
static const char *read_option(int count, WCHAR **words, int *at, struct arguments *out)
{
    const WCHAR *word = words[*at];
    const WCHAR *value = *at + 1 < count ? words[*at + 1] : L"";
    if (wcscmp(word, L"--language") == 0) {
        *at += 1;
        return NULL;
    }
    if (wcscmp(word, L"--json") == 0 && out->command == COMMAND_STATUS && !out->json) {
        out->json = true;
        return NULL;
    }
    if (wcscmp(word, L"--deadline") == 0 && out->deadline == 0) {
        *at += 1;
        out->deadline = read_number(value, DEADLINE_LONGEST);
        return out->deadline != 0 ? NULL
                                  : console_choose("--deadline takes seconds, 1 to 600",
                                                   "--deadline braucht Sekunden, 1 bis 600");
    }
    if (out->command == COMMAND_FORGET_LINE && out->line == 0) {
        out->line = read_number(word, MAXDWORD);
        return out->line != 0
                   ? NULL
                   : console_choose("forget-line takes the number of a line, as status shows it",
                                    "forget-line braucht die Nummer einer Leitung, wie status sie zeigt");
    }
    return console_choose("a word is unknown or stands there twice",
                          "ein Wort ist unbekannt oder steht doppelt da");
}

const char *arguments_read(int count, WCHAR **words, struct arguments *out)
{
    memset(out, 0, sizeof *out);
    if (!find_language(count, words)) {
        return console_choose("--language takes de or en, once", "--language braucht de oder en, einmal");
    }
    if (count < 2) {
        return console_choose("a command is missing", "es fehlt ein Befehl");
    }
    const char *problem = read_command(words[1], out);
    for (int i = 2; i < count && problem == NULL; i++) {
        problem = read_option(count, words, &i, out);
    }
    if (problem == NULL && out->command == COMMAND_FORGET_LINE && out->line == 0) {
        problem = console_choose("forget-line lacks the number of the line",
                                 "bei forget-line fehlt die Nummer der Leitung");
    }
    if (out->deadline == 0) {
        out->deadline = DEADLINE_DEFAULT;
    }
    return problem;
}

void arguments_print_help(void)
{
    console_print("%s", console_choose(
                            "tsp-setup " TAPLINE_VERSION
                            ": registers Tapline with Windows telephony.\n\n"
                            "  tsp-setup install           registers tapline.tsp, once\n"
                            "  tsp-setup remove            takes every registration of it back\n"
                            "  tsp-setup status [--json]   says how things are; changes nothing\n"
                            "  tsp-setup repair            makes one registration of none or several\n"
                            "  tsp-setup forget-line <n>   forgets a kept line, by its number\n\n"
                            "  --language de|en    instead of the user's language\n"
                            "  --deadline <s>      seconds to wait for Windows telephony (60)\n\n"
                            "It ends with:\n",
                            "tsp-setup " TAPLINE_VERSION
                            ": trägt Tapline in die Windows-Telefonie ein.\n\n"
                            "  tsp-setup install           trägt tapline.tsp ein, einmal\n"
                            "  tsp-setup remove            nimmt jeden Eintrag zurück\n"
                            "  tsp-setup status [--json]   sagt, wie es steht; ändert nichts\n"
                            "  tsp-setup repair            macht aus keinem oder mehreren Einträgen einen\n"
                            "  tsp-setup forget-line <n>   vergisst eine gespeicherte Leitung\n\n"
                            "  --language de|en    statt der Sprache des Benutzers\n"
                            "  --deadline <s>      Sekunden, die auf die Telefonie gewartet wird (60)\n\n"
                            "Das Programm endet mit:\n"));
#define EXIT_CODE_LINE(name, number, english, german) \
    console_print("  %2d  %s\n", number, console_choose(english, german));
    SETUP_EXIT_CODES(EXIT_CODE_LINE)
#undef EXIT_CODE_LINE
}
