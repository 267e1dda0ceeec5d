import './flyout.css';
import { useEffect, useState } from 'react';
import { bridge, tell } from '../bridge.ts';
import { lives } from '../call/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { useFitHeight } from '../ui/use-fit-height.ts';
import { useKey } from '../ui/use-key.ts';
import { Accounts } from './accounts.tsx';
import { ActiveCall } from './active-call.tsx';
import { DialBox, type DialRequest } from './dial-box.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Offer } from './offer.tsx';
import { useSignOut } from './use-sign-out.ts';
import { Welcome } from './welcome.tsx';

/** The window at the tray: who is signed in, dialling, the calls of now, and what could be picked up. */
export function Flyout() {
  const accounts = useSlice('accounts');
  const signingOut = useSignOut();
  const [request, setRequest] = useState<DialRequest>();
  useEffect(
    () =>
      bridge.on('dialRequested', ({ target }) =>
        setRequest((last) => ({ target, nth: (last?.nth ?? 0) + 1 })),
      ),
    [],
  );
  useKey(({ key }) => {
    if (key !== 'Escape') return false;
    tell('closeWindow', {});
    return true;
  });
  const page = useFitHeight<HTMLDivElement>();
  const [first] = accounts;
  return (
    <div className="flyout" ref={page}>
      <main className="flyout-body">
        {first ? (
          <>
            {accounts.length === 1 ? (
              <Header account={first} />
            ) : (
              <Accounts accounts={accounts} signOut={signingOut.ask} />
            )}
            <DialBox request={request} />
            <Calls />
            <Offers />
          </>
        ) : (
          <Welcome wanted={request?.target} />
        )}
      </main>
      <Footer accounts={accounts} signingOut={signingOut} />
    </div>
  );
}

function Calls() {
  const t = useText();
  const calls = useSlice('calls').filter((call) => call.state !== 'idle');
  if (calls.length === 0) return null;
  // What is over stays in its place for the moment that it is still told.
  return (
    <section className="flyout-section" aria-labelledby="calls">
      <h2 id="calls">{t('flyout.calls')}</h2>
      <ul>
        {calls.map((call) => (
          <ActiveCall key={call.id} call={call} over={!lives(call)} />
        ))}
      </ul>
    </section>
  );
}

function Offers() {
  const t = useText();
  const offers = useSlice('offers');
  if (offers.length === 0) return null;
  return (
    <section className="flyout-section" aria-labelledby="offers">
      <h2 id="offers">{t('flyout.offers')}</h2>
      <ul>
        {offers.map((offer) => (
          <Offer key={`${offer.line} ${offer.target} ${offer.caller.number}`} offer={offer} />
        ))}
      </ul>
    </section>
  );
}
