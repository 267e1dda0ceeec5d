/* What a dialog of the provider would show, asked the way tapi32 asks it: TSPI_providerGenericDialogData. */
#ifndef TAPLINE_HOST_DIALOGS_H
#define TAPLINE_HOST_DIALOGS_H

#include "output.h"

/* dialog <show|starttrace|stoptrace> */
void run_dialog(struct output *out, char **words);

#endif
