#include "changes.h"

#include "console.h"
#include "explain.h"
#include "verdict.h"

static struct situation now;

/* Whether the process may change the machine; on Windows with UAC that is an elevated one. */
static bool is_administrator(void)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof sid;
    BOOL member = FALSE;
    return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size) &&
           CheckTokenMembership(NULL, sid, &member) && member;
}

static enum setup_exit refused(LONG error)
{
    explain_telephony(error);
    return SETUP_TELEPHONY_REFUSED;
}

static enum setup_exit failed(enum setup_exit outcome)
{
    explain(outcome, &now);
    return outcome;
}

/* Registers it, and looks whether Windows kept that. */
static enum setup_exit add(void)
{
    const LONG error = telephony_add();
    if (error != 0) {
        return refused(error);
    }
    situation_look(&now);
    if (now.error != 0) {
        return refused(now.error);
    }
    if (situation_of_registration(&now) != SETUP_DONE) {
        return failed(SETUP_NOT_KEPT);
    }
    console_print(console_choose("Tapline is registered with Windows telephony (provider %lu).\n",
                                 "Tapline ist in die Windows-Telefonie eingetragen (Anbieter %lu).\n"),
                  now.own.entries[0].id);
    return SETUP_DONE;
}

/* Takes the entries back that `unwanted` holds. */
static enum setup_exit take_back(const struct own_entries *unwanted)
{
    for (unsigned i = 0; i < unwanted->count; i++) {
        const LONG error = telephony_remove(unwanted->entries[i].id);
        if (error != 0) {
            return refused(error);
        }
        console_print(console_choose("Provider %lu (%s) is taken out of Windows telephony.\n",
                                     "Anbieter %lu (%s) ist aus der Windows-Telefonie ausgetragen.\n"),
                      unwanted->entries[i].id, console_name(unwanted->entries[i].file));
    }
    return SETUP_DONE;
}

enum setup_exit change_install(void)
{
    situation_look(&now);
    const enum setup_exit library = situation_of_library(&now);
    const enum setup_exit registration = situation_of_registration(&now);
    if (now.error != 0) {
        return refused(now.error);
    }
    if (library != SETUP_DONE) {
        return failed(library);
    }
    if (registration == SETUP_DONE) {
        console_print("%s", console_choose("Tapline is registered already; nothing is changed.\n",
                                           "Tapline ist schon eingetragen; es wird nichts geändert.\n"));
        return SETUP_DONE;
    }
    if (registration == SETUP_NEEDS_REPAIR) {
        return failed(registration);
    }
    return is_administrator() ? add() : failed(SETUP_NO_RIGHTS);
}

/* Until none is left: a list with very many entries is read in parts. */
enum setup_exit change_remove(void)
{
    for (unsigned left = MAXDWORD;;) {
        situation_look(&now);
        if (now.error != 0) {
            return refused(now.error);
        }
        if (now.own.count == 0) {
            break;
        }
        if (!is_administrator()) {
            return failed(SETUP_NO_RIGHTS);
        }
        if (now.own.count >= left && now.own.count < OWN_ENTRIES_MAX) {
            return failed(SETUP_NOT_KEPT);
        }
        left = now.own.count;
        const enum setup_exit outcome = take_back(&now.own);
        if (outcome != SETUP_DONE) {
            return outcome;
        }
    }
    console_print("%s", console_choose("Tapline is not registered with Windows telephony.\n",
                                       "Tapline ist nicht in die Windows-Telefonie eingetragen.\n"));
    return SETUP_DONE;
}

/*
 * The first entry that is in order stays: programs remember lines by its permanent id. Entries that name
 * another folder go.
 */
static bool find_surplus(struct own_entries *surplus)
{
    bool kept = false;
    surplus->count = 0;
    for (unsigned i = 0; i < now.own.count; i++) {
        const struct own_entry *entry = &now.own.entries[i];
        if (!kept && entry->in_system_folder) {
            kept = true;
        } else {
            surplus->entries[surplus->count++] = *entry;
        }
    }
    return kept;
}

enum setup_exit change_repair(void)
{
    static struct own_entries surplus;
    situation_look(&now);
    if (now.error != 0) {
        return refused(now.error);
    }
    const enum setup_exit library = situation_of_library(&now);
    if (library != SETUP_DONE) {
        return failed(library);
    }
    if (situation_of_registration(&now) == SETUP_DONE) {
        console_print("%s", console_choose("Nothing needs repair.\n", "Es gibt nichts zu reparieren.\n"));
        return SETUP_DONE;
    }
    if (!is_administrator()) {
        return failed(SETUP_NO_RIGHTS);
    }
    const bool kept = find_surplus(&surplus);
    const enum setup_exit outcome = take_back(&surplus);
    if (outcome != SETUP_DONE) {
        return outcome;
    }
    if (!kept) {
        return add();
    }
    situation_look(&now);
    if (now.error != 0) {
        return refused(now.error);
    }
    if (situation_of_registration(&now) != SETUP_DONE) {
        return failed(SETUP_NOT_KEPT);
    }
    console_print("%s", console_choose("Tapline is registered exactly once.\n",
                                       "Tapline ist genau einmal eingetragen.\n"));
    return SETUP_DONE;
}
