#include "structures.h"

#include "rules.h"

#include <stddef.h>
#include <string.h>

#define CANARY 0xA5

/* Every structure begins with these, as VARSTRING does. */
static const VARSTRING *head_of(const union answer *answer)
{
    return (const VARSTRING *)(const void *)answer;
}

static void judge_head(const union answer *answer, DWORD total)
{
    const VARSTRING *head = head_of(answer);
    if (head->dwTotalSize != total) {
        violation(RULE_TOTAL_SIZE, "it is TAPI's alone");
    }
    if (head->dwUsedSize > total || head->dwUsedSize > head->dwNeededSize) {
        violation(RULE_SIZES, "more is used than there is");
    }
}

/* Asks again with one byte too few for the texts: they are left out, and nothing else changes. */
static void ask_with_less_room(structure_asker ask, const struct subject *subject, DWORD needed)
{
    union answer answer;
    const DWORD total = needed - 1;
    memset(&answer, 0, total);
    memset(answer.bytes + total, CANARY, sizeof answer - total);
    answer.dev_caps.dwTotalSize = total;
    if (ask(subject, &answer) != 0) {
        return; /* a structure without texts: its fixed part does not fit */
    }
    judge_head(&answer, total);
    if (head_of(&answer)->dwNeededSize != needed) {
        violation(RULE_SIZES, "the needed size depends on the room");
    }
    for (DWORD i = total; i < ANSWER_SIZE; i++) {
        if (answer.bytes[i] != CANARY) {
            violation(RULE_CANARY, "the structure was given less room");
            return;
        }
    }
}

LONG structure_ask(structure_asker ask, const struct subject *subject, union answer *answer)
{
    answer->dev_caps.dwTotalSize = ANSWER_SIZE;
    const LONG result = ask(subject, answer);
    if (result != 0) {
        return result;
    }
    const DWORD needed = head_of(answer)->dwNeededSize;
    judge_head(answer, ANSWER_SIZE);
    if (head_of(answer)->dwUsedSize != needed || needed > ANSWER_SIZE || needed < sizeof(VARSTRING)) {
        violation(RULE_SIZES, "all is there, but not all that is needed is used");
    } else {
        ask_with_less_room(ask, subject, needed);
    }
    return 0;
}

void structure_text(struct output *out, const char *name, const union answer *answer, DWORD size,
                    DWORD offset)
{
    const DWORD used = head_of(answer)->dwUsedSize;
    const WCHAR *units = (const WCHAR *)(const void *)(answer->bytes + (offset < ANSWER_SIZE ? offset : 0));
    if (size == 0) {
        return;
    }
    const bool inside = offset <= used && size <= used - offset && size % sizeof *units == 0;
    if (!inside || units[size / sizeof *units - 1] != 0) {
        violation(RULE_TEXT, name);
    } else {
        output_part(out, name, answer, size, offset);
    }
}
