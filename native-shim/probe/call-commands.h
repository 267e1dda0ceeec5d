/* Commands about calls: the dialling test with every verb. `words[0]` is the command itself. */
#ifndef TAPLINE_PROBE_CALL_COMMANDS_H
#define TAPLINE_PROBE_CALL_COMMANDS_H

#include "answer.h"

LONG run_makecall(struct answer *answer, char **words);
LONG run_maketone(struct answer *answer, char **words);
LONG run_pickup(struct answer *answer, char **words);
LONG run_pickupgroup(struct answer *answer, char **words);
LONG run_dial(struct answer *answer, char **words);
LONG run_accept(struct answer *answer, char **words);
LONG run_answer(struct answer *answer, char **words);
LONG run_drop(struct answer *answer, char **words);
LONG run_hold(struct answer *answer, char **words);
LONG run_unhold(struct answer *answer, char **words);
LONG run_swaphold(struct answer *answer, char **words);
LONG run_redirect(struct answer *answer, char **words);
LONG run_blindtransfer(struct answer *answer, char **words);
LONG run_setuptransfer(struct answer *answer, char **words);
LONG run_onesteptransfer(struct answer *answer, char **words);
LONG run_completetransfer(struct answer *answer, char **words);
LONG run_digits(struct answer *answer, char **words);
LONG run_stopdigits(struct answer *answer, char **words);
LONG run_callinfo(struct answer *answer, char **words);
LONG run_callstatus(struct answer *answer, char **words);
LONG run_release(struct answer *answer, char **words);

#endif
