#include "explain.h"

#include "console.h"

#define SAY(english, german, ...) console_complain(console_choose(english, german), __VA_ARGS__)

static const char *version_of(const struct library_file *library)
{
    return library->version[0] == '\0' ? "?" : library->version;
}

static void explain_library(enum setup_exit outcome, const struct situation *situation)
{
    const struct library_file *library = &situation->library;
    const char *path = console_name(library->path);
    if (outcome == SETUP_LIBRARY_MISSING) {
        SAY("%s is not there. Run Tapline's installer again: it puts the file there.\n",
            "%s ist nicht da. Starten Sie das Setup von Tapline noch einmal: Es legt die Datei dorthin.\n",
            path);
    } else if (outcome == SETUP_WRONG_ARCHITECTURE) {
        SAY("%s is for %s; this Windows needs one for %s. Run the installer of Tapline that was made for "
            "this Windows.\n",
            "%s ist für %s; dieses Windows braucht eine Datei für %s. Starten Sie das Setup von Tapline für "
            "dieses Windows.\n",
            path, library_machine_name(library->machine), library_machine_name(situation->wanted_machine));
    } else {
        SAY("%s has version %s, this program %s. The old file may still be in use: restart Windows, then run "
            "Tapline's installer again.\n",
            "%s hat die Version %s, dieses Programm %s. Vielleicht ist die alte Datei noch in Gebrauch: "
            "Starten Sie Windows neu und dann das Setup von Tapline noch einmal.\n",
            path, version_of(library), TAPLINE_VERSION);
    }
}

void explain(enum setup_exit outcome, const struct situation *situation)
{
    switch (outcome) {
    case SETUP_LIBRARY_MISSING:
    case SETUP_WRONG_ARCHITECTURE:
    case SETUP_OTHER_VERSION:
        explain_library(outcome, situation);
        break;
    case SETUP_NO_RIGHTS:
        SAY("%s", "%s",
            console_choose("Windows lets only administrators change its telephony. Run this as "
                           "administrator.\n",
                           "Nur Administratoren dürfen die Windows-Telefonie ändern. Starten Sie dies als "
                           "Administrator.\n"));
        break;
    case SETUP_NEEDS_REPAIR:
        SAY("Tapline is registered %u times, or from another folder. Run tsp-setup repair.\n",
            "Tapline ist %u-mal oder aus einem anderen Ordner eingetragen. Starten Sie tsp-setup repair.\n",
            situation->own.count);
        break;
    case SETUP_NOT_KEPT:
        SAY("%s", "%s",
            console_choose("Windows telephony agreed, but its list does not show the change. Restart Windows "
                           "and try again.\n",
                           "Die Windows-Telefonie hat zugestimmt, aber ihre Liste zeigt die Änderung nicht. "
                           "Starten Sie Windows neu und versuchen Sie es noch einmal.\n"));
        break;
    default:
        break;
    }
}

void explain_telephony(LONG error)
{
    SAY("Windows telephony refused: %s (0x%08lx). Close programs that telephone, or restart Windows, and try "
        "again.\n",
        "Die Windows-Telefonie hat abgelehnt: %s (0x%08lx). Beenden Sie Programme, die telefonieren, oder "
        "starten Sie Windows neu, und versuchen Sie es noch einmal.\n",
        telephony_error_name(error), (unsigned long)error);
}

void explain_forgetting(enum setup_exit outcome, DWORD line)
{
    if (outcome == SETUP_DONE) {
        console_print(console_choose("Line %lu is forgotten.\n", "Leitung %lu ist vergessen.\n"), line);
    } else if (outcome == SETUP_LINE_UNKNOWN) {
        SAY("Line %lu is not kept. tsp-setup status shows the lines that are.\n",
            "Leitung %lu ist nicht gespeichert. tsp-setup status zeigt, welche es sind.\n", line);
    } else if (outcome == SETUP_SERVICE_RUNNING) {
        SAY("Line %lu is still kept: the telephony service runs and would write it again. Stop it "
            "(net stop TapiSrv), then try again.\n",
            "Leitung %lu ist weiter gespeichert: Der Telefoniedienst läuft und würde sie wieder schreiben. "
            "Beenden Sie ihn (net stop TapiSrv) und versuchen Sie es noch einmal.\n",
            line);
    } else {
        SAY("Line %lu is not forgotten: there are no kept lines, or they cannot be read or written. Run this "
            "as administrator.\n",
            "Leitung %lu ist nicht vergessen: Es sind keine Leitungen gespeichert, oder sie lassen sich "
            "nicht lesen oder schreiben. Starten Sie dies als Administrator.\n",
            line);
    }
}
