import './icons.css';
import type { ReactNode } from 'react';

// Drawn on a grid of 20, for text of 14 px. They stand beside words and say nothing by themselves.
function Icon({ children, turn }: { readonly children: ReactNode; readonly turn?: boolean }) {
  return (
    <svg
      className={turn ? 'icon icon-turn' : 'icon'}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

const HANDSET =
  'M2 11.4c0-1 .4-1.9 1.1-2.5C4.8 7.4 7.2 6.6 10 6.6s5.2.8 6.9 2.3c.7.6 1.1 1.5 1.1 2.5v.9c0 .7-.6 1.2-1.3 1.1l-2.4-.4c-.6-.1-1-.6-1-1.2v-1.3c-1-.4-2.1-.6-3.3-.6s-2.3.2-3.3.6v1.3c0 .6-.4 1.1-1 1.2l-2.4.4c-.7.1-1.3-.4-1.3-1.1z';

/** A lifted handset: dial, answer. */
export const IconCall = () => (
  <Icon>
    <path className="icon-fill" d={HANDSET} transform="rotate(-135 10 10)" />
  </Icon>
);

/** A handset laid down: hang up. */
export const IconHangUp = () => (
  <Icon>
    <path className="icon-fill" d={HANDSET} />
  </Icon>
);

/** A handset that a call is drawn to: pickup. */
export const IconPickup = () => (
  <Icon>
    <path className="icon-fill" d={HANDSET} transform="rotate(-135 10 10)" />
    <path d="M17.5 2.5l-5 5M12.5 3.8v3.7h3.7" />
  </Icon>
);

/** A pause: hold. */
export const IconHold = () => (
  <Icon>
    <path d="M7 4.5v11M13 4.5v11" />
  </Icon>
);

/** On from a pause: resume. */
export const IconResume = () => (
  <Icon>
    <path className="icon-fill" d="M6 4.2v11.6l9.5-5.8z" />
  </Icon>
);

export const IconIncoming = () => (
  <Icon>
    <path d="M15 5L5.5 14.5M5.5 7.5v7h7" />
  </Icon>
);

export const IconOutgoing = () => (
  <Icon>
    <path d="M5 15l9.5-9.5M7.5 5.5h7v7" />
  </Icon>
);

export const IconOnline = () => (
  <Icon>
    <circle className="icon-fill" cx="10" cy="10" r="8" />
    <path className="icon-cut" d="M6.5 10.3l2.4 2.4 4.6-5" />
  </Icon>
);

export const IconBusy = () => (
  <Icon turn>
    <circle className="icon-track" cx="10" cy="10" r="7" />
    <path d="M10 3a7 7 0 0 1 7 7" />
  </Icon>
);

export const IconWaiting = () => (
  <Icon>
    <circle cx="10" cy="10" r="7.25" />
    <path d="M10 6v4.3l2.8 1.7" />
  </Icon>
);

export const IconStopped = () => (
  <Icon>
    <circle cx="10" cy="10" r="7.25" />
    <path d="M6.5 10h7" />
  </Icon>
);

export const IconError = () => (
  <Icon>
    <circle className="icon-fill" cx="10" cy="10" r="8" />
    <path className="icon-cut" d="M7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4" />
  </Icon>
);

export const IconWarning = () => (
  <Icon>
    <path d="M10 3l7.5 13.5h-15z" />
    <path d="M10 8v4M10 14.2v.1" />
  </Icon>
);

export const IconPending = () => (
  <Icon>
    <circle className="icon-dot" cx="10" cy="10" r="3" />
  </Icon>
);

export const IconShow = () => (
  <Icon>
    <path d="M2 10.5C3.5 7 6.5 5 10 5s6.5 2 8 5.5" />
    <circle cx="10" cy="11" r="2.5" />
  </Icon>
);

export const IconHide = () => (
  <Icon>
    <path d="M2 10.5C3.5 7 6.5 5 10 5s6.5 2 8 5.5" />
    <circle cx="10" cy="11" r="2.5" />
    <path d="M3.5 3l13 14" />
  </Icon>
);

/** A pulse: diagnostics. */
export const IconPulse = () => (
  <Icon>
    <path d="M2 10.5h3.5L8 4l4 12 2.5-5.5H18" />
  </Icon>
);

export const IconSignOut = () => (
  <Icon>
    <path d="M8 3.5H4.5v13H8M8.5 10h8.5M13.5 6.5L17 10l-3.5 3.5" />
  </Icon>
);

/** One more. */
/** A pencil: change. */
export const IconChange = () => (
  <Icon>
    <path d="M3.5 16.5l1-4L13 4l3 3-8.5 8.5zM11 6l3 3" />
  </Icon>
);

export const IconAdd = () => (
  <Icon>
    <path d="M10 4v12M4 10h12" />
  </Icon>
);

export const IconCopy = () => (
  <Icon>
    <rect x="7" y="3" width="9" height="11" rx="1.5" />
    <path d="M13 16.5H5.5A1.5 1.5 0 0 1 4 15V6" />
  </Icon>
);

export const IconSave = () => (
  <Icon>
    <path d="M4.5 3.5h9L16.5 6.5v9a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7 3.5v4h5.5v-4M6.5 16.5v-5h7v5" />
  </Icon>
);

/** To the end of a list, and on with it. */
export const IconFollow = () => (
  <Icon>
    <path d="M10 3v10M5.5 9L10 13.5 14.5 9M4 17h12" />
  </Icon>
);

/** The telephony service of the machine. */
export const IconPlug = () => (
  <Icon>
    <path d="M7 2.5v4M13 2.5v4M4.5 6.5h11v3a5.5 5.5 0 0 1-11 0zM10 15v3" />
  </Icon>
);
