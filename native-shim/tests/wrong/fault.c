/* All in which wrong providers differ: the fault, and the function that two faults leave out. */
#include "wrong.h"

#ifndef FAULT
#error "FAULT is not defined"
#endif

const enum fault fault = FAULT;

#ifndef FAULT_WITHOUT_SWAPHOLD
#undef TSPI_lineSwapHold
DECLARE(lineSwapHold);

LONG WINAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall, HDRVCALL hdHeldCall)
{
    return right_lineSwapHold(dwRequestID, hdActiveCall, hdHeldCall);
}
#endif
