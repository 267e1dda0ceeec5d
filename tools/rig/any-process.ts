/**
 * Takes the place of app/tsp/telephony-process.ts where a companion runs under Wine, which has no telephony service:
 * every process may connect. It is put into the bundle when that is made, so that no companion that ships can be told.
 */
export const telephonyProcess = (): ((processId: number) => boolean) => (processId) => processId !== 0;
