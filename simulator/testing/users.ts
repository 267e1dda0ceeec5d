/** The users of the simulator's own tests. */
import type { SimulatedUser } from '../simulator.ts';

export const ANNA: SimulatedUser = {
  name: 'Anna',
  fullName: 'Anna Müller',
  extension: '340',
  device: 'SIP anna [Büro]',
  password: 'Pässwörd€ ,="&<',
};
export const BEN: SimulatedUser = {
  name: 'ben',
  fullName: 'Ben Olsen',
  extension: '341',
  device: 'SIP ben',
  password: 'ben-secret',
};
export const CHIEF: SimulatedUser = {
  name: 'chief',
  fullName: 'Clara Chief',
  extension: '300',
  device: 'SIP chief',
  password: 'chief-secret',
  supervisor: true,
};

export const credentials = ({ name, password }: SimulatedUser) => ({ user: name.toLowerCase(), password });
