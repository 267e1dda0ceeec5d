/** TAPI's numbers as scenarios write them (tapi.h). */
export const IDLE = 0x1;
export const OFFERING = 0x2;
export const ACCEPTED = 0x4;
export const DIALTONE = 0x8;
export const DIALING = 0x10;
export const RINGBACK = 0x20;
export const BUSY = 0x40;
export const CONNECTED = 0x100;
export const PROCEEDING = 0x200;
export const ONHOLD = 0x400;
export const ONHOLDPENDTRANSFER = 0x2000;
export const DISCONNECTED = 0x4000;

export const LINEDEVSTATE_CAPSCHANGE = 0x10_0000;

/** LINECALLFEATURE_ bits. */
export const FEATURE = {
  accept: 0x1,
  answer: 0x4,
  blindTransfer: 0x8,
  completeTransfer: 0x20,
  dial: 0x40,
  drop: 0x80,
  generateDigits: 0x200,
  hold: 0x800,
  monitorMedia: 0x2000,
  redirect: 0x2_0000,
  setupTransfer: 0x200_0000,
  swapHold: 0x400_0000,
  unhold: 0x800_0000,
} as const;

/** Every feature a companion can offer. */
export const EVERYTHING = Object.values(FEATURE).reduce((bits, bit) => bits | bit, 0) & ~FEATURE.monitorMedia;

/** Results as the host writes them. */
export const OPERATIONFAILED = '0x80000048';
export const OPERATIONUNAVAIL = '0x80000049';
export const RESOURCEUNAVAIL = '0x8000004b';
export const INVALADDRESS = '0x80000010';
export const INVALCALLHANDLE = '0x80000018';
export const INVALCALLSTATE = '0x8000001c';
export const INVALDIGITMODE = '0x80000027';
export const NUMBERBLOCKED = 0x80000053;

/** What an outgoing call shows. */
export const outgoing = { origin: 1, called: { flags: 8, number: '832', name: '' } };
