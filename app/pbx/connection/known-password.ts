import { createHmac } from 'node:crypto';

/** Knows the last password that signed in, without keeping it. */
export type KnownPassword = {
  readonly worked: (password: string) => void;
  readonly isKnown: (password: string) => boolean;
};

/** `key`: unpredictable bytes, for this run of the session alone. */
export function createKnownPassword(key: Buffer): KnownPassword {
  const digest = (password: string) => createHmac('sha256', key).update(password).digest('hex');
  let known: string | undefined;
  return {
    worked: (password) => {
      known = digest(password);
    },
    isKnown: (password) => known !== undefined && known === digest(password),
  };
}
