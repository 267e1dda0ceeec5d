/*
 * Wrong providers, one fault each. The provider's own sources are compiled with this header in front, which
 * renames the functions that a fault can change; functions.c exports them in their place, does what is wrong,
 * and leaves the rest to the right one; callbacks.c does the same with what that tells TAPI. fault.c alone is
 * compiled for each fault: FAULT is one of the values below; FAULT_WITHOUT_SWAPHOLD leaves TSPI_lineSwapHold
 * out. Nothing of this is part of a provider that ships.
 */
#ifndef TAPLINE_TESTS_FAULTS_H
#define TAPLINE_TESTS_FAULTS_H

#define TSPI_providerInit right_providerInit
#define TSPI_providerShutdown right_providerShutdown
#define TSPI_lineOpen right_lineOpen
#define TSPI_lineClose right_lineClose
#define TSPI_lineSetDefaultMediaDetection right_lineSetDefaultMediaDetection
#define TSPI_lineGetDevCaps right_lineGetDevCaps
#define TSPI_lineMakeCall right_lineMakeCall
#define TSPI_lineSwapHold right_lineSwapHold
#define TSPI_lineCloseCall right_lineCloseCall
#define TSPI_lineGetCallStatus right_lineGetCallStatus

enum fault {
    FAULT_NONE,
    FAULT_EXPORT_MISSING,      /* TSPI_lineSwapHold is not exported */
    FAULT_EXPORT_DECORATED,    /* it is exported as x86 compilers write it */
    FAULT_CALLBACK_AFTER_END,  /* an event after TSPI_providerShutdown has returned */
    FAULT_NEEDED_SIZE,         /* the needed size depends on the room there is */
    FAULT_UNTERMINATED_TEXT,   /* a text has no terminator */
    FAULT_TOTAL_SIZE,          /* the provider writes the total size */
    FAULT_BEYOND_TOTAL_SIZE,   /* and bytes after it */
    FAULT_INLINE_EVENT,        /* an event on the thread that opens the line */
    FAULT_INLINE_CALL,         /* LINE_NEWCALL on it */
    FAULT_LINE_EVENT_LATE,     /* an event after TSPI_lineClose */
    FAULT_NO_HANDLE,           /* a new call without a handle */
    FAULT_EARLY_EVENT,         /* an event of a new call before its completion */
    FAULT_HANDLE_LATE,         /* the handle is written after the completion */
    FAULT_COMPLETED_TWICE,     /* two completions of one request */
    FAULT_TRANSITION,          /* a call that was offered is RINGBACK */
    FAULT_NO_MEDIA_MODE,       /* LINE_CALLSTATE without a media mode */
    FAULT_FAILED_CALL_EVENT,   /* an event of a call whose making has failed */
    FAULT_CELL,                /* the cell of LINE_NEWCALL is not empty */
    FAULT_TRUNCATED_HANDLE,    /* the handle of TAPI is kept in 32 bits */
    FAULT_REFUSED_AGAIN,       /* a refused call is offered again at once */
    FAULT_NO_IDLE,             /* IDLE never comes */
    FAULT_STATUS,              /* the status runs ahead of the event */
    FAULT_COMPLETED_AND_ERROR, /* a completion and an error */
    FAULT_RETURNS_ZERO,        /* an asynchronous function returns 0 */
    FAULT_NEVER_COMPLETED,     /* a request is not completed when the provider ends */
    FAULT_IDLE_TWICE,          /* IDLE comes twice */
    FAULT_OVERLAP,             /* two threads call back at once */
    FAULT_LOCKED_CALLBACK,     /* a lock is held during callbacks, and functions want it */
    FAULT_IDLE_LATE,           /* IDLE comes when the call was closed long ago */
    FAULT_HANDLE_REUSED,       /* the second call has the first one's handle */
};

#endif
