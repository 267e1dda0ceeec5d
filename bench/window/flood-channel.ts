/** Channel on which a main script with the flood inside is asked for it: lines per second, lines, label of the last. */
export const FLOOD = 'bench:flood';

/** When the first and the last line were traced, µs since 1970. */
export type Flooded = { readonly firstUs: number; readonly lastUs: number };
