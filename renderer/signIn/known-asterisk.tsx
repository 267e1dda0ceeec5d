import { useEffect, useState } from 'react';
import type { AccountView, AsteriskEntries } from '../../contract/renderer-api.ts';
import { bridge } from '../bridge.ts';
import { SignInForm } from './sign-in-form.tsx';

/** The form for an account at an Asterisk, with the phones it has so far: they may be many and stand in no state. */
export function KnownAsterisk({ account }: { readonly account: AccountView }) {
  const [found, setFound] = useState<{ readonly entries?: AsteriskEntries | undefined }>();
  const { key } = account;
  useEffect(() => {
    let here = true;
    const tell = (entries?: AsteriskEntries) => here && setFound({ entries });
    // Without them the form asks for everything.
    bridge.invoke('asteriskEntries', { account: key }).then(tell, () => tell());
    return () => {
      here = false;
    };
  }, [key]);
  return found && <SignInForm account={account} entries={found.entries} />;
}
