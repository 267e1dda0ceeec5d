import './account.css';
import type { ReactNode } from 'react';
import type { AccountView } from '../../contract/renderer-api.ts';
import { IconBusy, IconError, IconOnline, IconStopped, IconWaiting } from '../ui/icons.tsx';

type State = AccountView['state'];

const icons: Readonly<Record<State, ReactNode>> = {
  connecting: <IconBusy />,
  online: <IconOnline />,
  waiting: <IconWaiting />,
  failed: <IconError />,
  stopped: <IconStopped />,
};

/** How an account stands, at a glance. The words stand beside it. */
export function StateIcon({ state }: { readonly state: State }) {
  return <span className={`account-state account-${state}`}>{icons[state]}</span>;
}
