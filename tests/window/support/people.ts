import type { SimulatedUser } from '../../../simulator/simulator.ts';

/** Who is on the PBX: the application signs in as the first one, the second one is a colleague. */
export const ANNA: SimulatedUser = {
  name: 'anna',
  fullName: 'Anna Müller',
  extension: '340',
  device: 'SIP anna',
  password: 'Grüße, 4711!',
};
export const BEN: SimulatedUser = {
  name: 'ben',
  fullName: 'Ben Olsen',
  extension: '341',
  device: 'SIP ben',
  password: 'ben-secret',
};

/** Who calls from outside. */
export const CUSTOMER = { number: '0891234567', name: 'Zoë Zimmer' } as const;
export const SUPPLIER = { number: '0049301234567', name: 'Supplier & Sons' } as const;
