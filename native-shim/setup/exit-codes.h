/*
 * What tsp-setup ends with. Installers and scripts rely on the numbers: they are never given a new meaning.
 *
 * EXIT_CODE(name, number, English, German)
 */
#ifndef TAPLINE_SETUP_EXIT_CODES_H
#define TAPLINE_SETUP_EXIT_CODES_H

/* clang-format off */
#define SETUP_EXIT_CODES(EXIT_CODE) \
    EXIT_CODE(DONE, 0, "done; or nothing was to be done", "erledigt; oder es war nichts zu tun") \
    EXIT_CODE(NOT_REGISTERED, 1, "status: Tapline is not registered", \
              "status: Tapline ist nicht eingetragen") \
    EXIT_CODE(USAGE, 2, "the command line was not understood", "die Befehlszeile wurde nicht verstanden") \
    EXIT_CODE(NO_RIGHTS, 3, "administrator rights are needed", "es fehlen Administratorrechte") \
    EXIT_CODE(LIBRARY_MISSING, 4, "tapline.tsp is not in the system folder", \
              "tapline.tsp liegt nicht im Systemordner") \
    EXIT_CODE(WRONG_ARCHITECTURE, 5, "tapline.tsp was built for other processors, or is damaged", \
              "tapline.tsp ist für andere Prozessoren gebaut oder beschädigt") \
    EXIT_CODE(OTHER_VERSION, 6, "tapline.tsp is of another version than this program", \
              "tapline.tsp hat eine andere Version als dieses Programm") \
    EXIT_CODE(NEEDS_REPAIR, 7, "registered several times, or from another folder: repair mends it", \
              "mehrfach oder aus einem anderen Ordner eingetragen: repair behebt es") \
    EXIT_CODE(TELEPHONY_REFUSED, 8, "Windows telephony refused; the message names its error", \
              "die Windows-Telefonie hat abgelehnt; die Meldung nennt den Fehler") \
    EXIT_CODE(TELEPHONY_SILENT, 9, "Windows telephony did not answer in time", \
              "die Windows-Telefonie hat nicht rechtzeitig geantwortet") \
    EXIT_CODE(NOT_KEPT, 10, "Windows telephony agreed, but its list does not show the change", \
              "die Windows-Telefonie hat zugestimmt, aber ihre Liste zeigt die Änderung nicht") \
    EXIT_CODE(LINE_UNKNOWN, 11, "forget-line: no such line is kept", \
              "forget-line: eine solche Leitung ist nicht gespeichert") \
    EXIT_CODE(TABLE_UNUSABLE, 12, "forget-line: the kept lines cannot be read or written", \
              "forget-line: die gespeicherten Leitungen lassen sich nicht lesen oder schreiben") \
    EXIT_CODE(SERVICE_RUNNING, 13, "forget-line: the telephony service runs and would keep the line", \
              "forget-line: der Telefoniedienst läuft und würde die Leitung behalten")
/* clang-format on */

#define EXIT_CODE_VALUE(name, number, english, german) SETUP_##name = (number),
enum setup_exit { SETUP_EXIT_CODES(EXIT_CODE_VALUE) };
#undef EXIT_CODE_VALUE

#endif
