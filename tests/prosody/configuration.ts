import type { SimulatedUser } from '../../simulator/simulator.ts';

export type Mechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-1' | 'PLAIN';

/** What a test decides about a server. Everything else is Prosody's default. */
export type ProsodyOptions = {
  readonly users: readonly SimulatedUser[];
  /** The XMPP domain it serves; DOMAIN unless set. */
  readonly domain?: string;
  /** What it offers; all unless set. */
  readonly mechanisms?: readonly Mechanism[];
  /** mod_smacks (XEP-0198). On unless set. */
  readonly streamManagement?: boolean;
  /** Seconds for which a session that lost its connection can be resumed. */
  readonly hibernation?: number;
};

/** Where one server keeps its things, and where it listens. */
export type Place = {
  readonly folder: string;
  readonly modules: string;
  readonly port: number;
  readonly controlPort: number;
};

/** The XMPP domain of a PBX that was installed without naming one. */
export const DOMAIN = 'mobydick';

const MECHANISMS: readonly Mechanism[] = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'];

/** Names under which Prosody 0.12 may offer the same again, bound to the TLS channel. */
const BOUND_TO_CHANNEL = ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS'];

/**
 * Prosody's configuration file (a Lua program): one host on loopback, nothing of the machine's own Prosody.
 * With `internal_plain` it can offer both SCRAMs at a time.
 */
export function configuration(place: Place, options: ProsodyOptions): string {
  const {
    users,
    domain = DOMAIN,
    mechanisms = MECHANISMS,
    streamManagement = true,
    hibernation = 600,
  } = options;
  const refused = [...MECHANISMS, ...BOUND_TO_CHANNEL].filter((name) => !mechanisms.some((m) => m === name));
  const modules = ['saslauth', 'tls', 'disco', 'roster', 'ping', 'posix', 'mobydick'];
  if (streamManagement) modules.push('smacks');
  return `
run_as_root = true
daemonize = false
pidfile = ${text(`${place.folder}/prosody.pid`)}
data_path = ${text(`${place.folder}/data`)}
certificates = ${text(place.folder)}
plugin_paths = { ${text(place.modules)} }
log = { info = ${text(`${place.folder}/prosody.log`)} }
interfaces = { "127.0.0.1" }
c2s_ports = { ${place.port} }
modules_enabled = { ${modules.map(text).join(', ')} }
modules_disabled = { "s2s", "offline" }
storage = "memory"
authentication = "internal_plain"
disable_sasl_mechanisms = { ${refused.map(text).join(', ')} }
c2s_require_encryption = true
smacks_hibernation_time = ${hibernation}
mobydick_control_port = ${place.controlPort}
mobydick_users = ${text(JSON.stringify(users.map(accountOf)))}

VirtualHost ${text(domain)}
ssl = { certificate = ${text(`${place.folder}/server.crt`)}, key = ${text(`${place.folder}/server.key`)} }
`;
}

const accountOf = (user: SimulatedUser) => ({
  name: user.name.toLowerCase(),
  spelling: user.name,
  password: user.password,
  full_name: user.fullName,
  extension: user.extension,
  device: user.device,
});

/** A Lua string: JSON's escapes are Lua's, but for those of control characters, which nothing here holds. */
const text = (value: string) => JSON.stringify(value);
