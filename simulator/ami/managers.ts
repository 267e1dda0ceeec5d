/** Who may sign in, and what for: manager.conf's users and classes. */

export const CLASSES = ['system', 'call', 'user', 'dtmf', 'originate', 'reporting'] as const;
export type ManagerClass = (typeof CLASSES)[number];

export interface Manager {
  readonly name: string;
  readonly secret: string;
  /** Classes of events it hears. */
  readonly read: readonly ManagerClass[];
  /** Classes of actions it may send. */
  readonly write: readonly ManagerClass[];
}

/** The actions there are, each with the classes of which one is enough; none: everybody may. */
export const ACTIONS = {
  Atxfer: ['call'],
  BlindTransfer: ['call'],
  Bridge: ['call'],
  CoreShowChannels: ['system', 'reporting'],
  Events: [],
  Getvar: ['call', 'reporting'],
  Hangup: ['call', 'system'],
  ListCommands: [],
  Logoff: [],
  Originate: ['originate'],
  PJSIPNotify: ['system'],
  Ping: [],
  PlayDTMF: ['call'],
  Redirect: ['call'],
  Status: ['call', 'reporting', 'system'],
} as const satisfies Readonly<Record<string, readonly ManagerClass[]>>;

export type ActionName = keyof typeof ACTIONS;

/** The action of this name, in any case. */
export const actionNamed = (name: string): ActionName | undefined =>
  ACTION_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());

export const ACTION_NAMES = Object.keys(ACTIONS) as readonly ActionName[];

export function mayDo({ write }: Manager, action: ActionName): boolean {
  const needed: readonly ManagerClass[] = ACTIONS[action];
  return needed.length === 0 || needed.some((one) => write.includes(one));
}
