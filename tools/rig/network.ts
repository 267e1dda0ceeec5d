import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';

/**
 * A network of a child's own (Linux network namespace): only loopback is in it, and it can lose every packet.
 * It is gone when the child has ended, so there is nothing to clean up.
 */

/** As root, or as the root of an own user namespace, where the system lets everybody have one. */
const WAYS = [['--net'], ['--user', '--map-root-user', '--net']] as const;

/** The PATH of an ordinary user leaves out where ip and tc are. */
const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };

const TRY = 'ip link set lo up && tc qdisc add dev lo root blackhole';

/** Why a child cannot have its own network here; undefined when it can. */
export function networkMissing(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are known on Linux only';
  return wayIn() ? undefined : 'this machine allows no network namespace (unshare --net, ip, tc)';
}

function wayIn(): (typeof WAYS)[number] | undefined {
  return WAYS.find((way) => {
    const { status } = spawnSync('unshare', [...way, 'sh', '-c', TRY], { env: environment, stdio: 'ignore' });
    return status === 0;
  });
}

/** Starts a program in a network of its own, with loopback up. Its output is piped. */
export function spawnInOwnNetwork(program: string, args: readonly string[]): ChildProcess {
  const way = wayIn();
  if (!way) throw new Error(networkMissing());
  return spawn('unshare', [...way, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', program, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** For a child in its own network: from now on every packet on loopback is lost, and nobody is told. */
export function losePackets(): void {
  execFileSync('tc', ['qdisc', 'add', 'dev', 'lo', 'root', 'blackhole']);
}

/** For a child in its own network: packets arrive again. */
export function deliverPackets(): void {
  execFileSync('tc', ['qdisc', 'del', 'dev', 'lo', 'root']);
}
