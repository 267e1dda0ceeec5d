/** The arguments of every command of a page, as main checks them. */
import * as v from 'valibot';
import {
  MAX_CONTEXT,
  MAX_DOMAIN,
  MAX_KEY,
  MAX_PASSWORD,
  MAX_PHONES,
  MAX_SERVER,
  MAX_TARGET,
  MAX_USER,
  windowKinds,
} from './renderer-api.ts';

const key = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_KEY));
const target = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TARGET));
const callId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffff_ffff));
const fingerprint = v.pipe(v.string(), v.regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/));
const credentials = {
  /** `host` or `host:port`. */
  server: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SERVER)),
  user: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_USER)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PASSWORD)),
  /** The XMPP domain, where the user was asked for it. */
  domain: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_DOMAIN))),
  /** The account is at an Asterisk: what that needs besides. The user is the manager user, the password its secret. */
  asterisk: v.optional(
    v.strictObject({
      /** Where in the dial plan numbers are dialled from. */
      context: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_CONTEXT)),
      /** One phone in each line. */
      phones: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PHONES)),
      /** The user's word: the connection is not encrypted. */
      plainText: v.optional(v.literal(true)),
      /** The own phones lift by themselves when a number is dialled. */
      autoAnswer: v.optional(v.literal(true)),
      /** The phones answer when they are told to. */
      remoteAnswer: v.optional(v.literal(true)),
    }),
  ),
  /** SHA-256 fingerprint of a certificate the user accepted in this form. */
  certificate: v.optional(fingerprint),
  /** The account that is signed in again: what is typed takes its place. */
  account: v.optional(key),
};
const nothing = v.strictObject({});
const oneCall = v.strictObject({ call: callId });
const oneAccount = v.strictObject({ account: key });

/** Arguments of every command, as they are checked in main. */
export const commandArguments = {
  /** The slices of the window as they are now; patches follow. */
  subscribe: nothing,
  dial: v.strictObject({ line: key, target }),
  pickup: v.strictObject({ line: key, target }),
  answer: oneCall,
  hold: oneCall,
  unhold: oneCall,
  drop: oneCall,
  signIn: v.strictObject(credentials),
  /** Tests the connection beside the accounts that are there, tells each step, and keeps nothing. */
  testSignIn: v.strictObject({
    ...credentials,
    /** The page's number for this test: its steps carry it. */
    test: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  }),
  /** Ends the connection test that runs, if one does. */
  cancelTest: nothing,
  /** Pins the certificate that stops this account now, and goes on with the password that is kept. */
  trustCertificate: v.strictObject({ account: key, fingerprint }),
  /** What the form of an Asterisk account shows; nothing for any other. */
  asteriskEntries: oneAccount,
  signOut: oneAccount,
  /** Starts the built-in demo PBX and signs in to it. */
  tryDemo: nothing,
  /** Retries a session that waits or failed. */
  retry: oneAccount,
  /** `account`: whom the sign-in form is for; it may not be there any more. */
  openWindow: v.strictObject({ kind: v.picklist(windowKinds), account: v.optional(key) }),
  closeWindow: nothing,
  /** Makes the popup or flyout as high as its content, in CSS pixels. */
  fitHeight: v.strictObject({ height: v.pipe(v.number(), v.integer(), v.minValue(40), v.maxValue(900)) }),
  /** Trace entries from a sequence number on; `trace` events follow until `unfollowTrace`. */
  followTrace: v.strictObject({ from: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  unfollowTrace: nothing,
  /** The steps of one call, in the order they happened. */
  ladder: oneCall,
  /** The TAPI messages of one line. */
  tapiFlow: v.strictObject({ line: key }),
  /** Copies text that the page shows to the clipboard; redacted once more on the way. */
  copyText: v.strictObject({ text: v.pipe(v.string(), v.maxLength(4_000_000)) }),
  /** Asks where to and saves the trace, as text. */
  saveTrace: nothing,
} as const;
