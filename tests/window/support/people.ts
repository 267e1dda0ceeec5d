/** Who is on the PBX: the application signs in as the first one, the second one is a colleague. */
export { ANNA, BEN } from '../../../tools/rig/rig.ts';

/** Who calls from outside. */
export const CUSTOMER = { number: '0891234567', name: 'Zoë Zimmer' } as const;
export const SUPPLIER = { number: '0049301234567', name: 'Supplier & Sons' } as const;
