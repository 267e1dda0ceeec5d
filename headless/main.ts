import { randomBytes } from 'node:crypto';
import { systemClock } from '../app/clock.ts';
import { Companion } from '../app/companion.ts';
import { watchNetwork } from '../app/network/network-changes.ts';
import { createMemoryVault } from '../app/settings/memory-vault.ts';
import { VERSION } from '../app/version.ts';
import { parseArguments } from './arguments.ts';
import { connectControl } from './control.ts';
import type { ControlRequest } from './control-messages.ts';
import { openEndpoint } from './endpoint.ts';
import { doOnce } from './once.ts';
import { reportChanges } from './reports.ts';
import { signIn } from './sign-in.ts';
import { endUnread, terminal } from './terminal.ts';

endUnread();
const parsed = parseArguments(process.argv.slice(2));
if (!parsed.ok) {
  process.stderr.write(`${parsed.problem}\n`);
  process.exit(2);
}
if (parsed.command !== 'run') process.exit(await doOnce(parsed, terminal));

const vault = createMemoryVault();
const endpoint = await openEndpoint(parsed.options);
const companion = new Companion({
  clock: systemClock,
  random32: () => randomBytes(4).readUInt32LE(),
  version: VERSION,
  ...(endpoint && { endpoint }),
});
const network = watchNetwork(process.platform, {
  changed: () => companion.check(),
  failed: (detail) =>
    void companion.trace.add({ leg: 'core', direction: 'note', label: 'the network is not watched', detail }),
});
let ending: Promise<void> | undefined;
const control = await connectControl(parsed.options.controlPort, handle, () => void end());
reportChanges(companion, control);
await companion.start();
const { version: node, platform } = process;
control.report({ event: 'ready', endpoint: endpoint?.name ?? '', node, platform });

/** Ends once, however often and by whomever it is asked. */
function end(): Promise<void> {
  ending ??= network
    .then((watch) => watch.close())
    .then(() => companion.stop())
    .then(() => control.close());
  return ending;
}

function handle(request: ControlRequest): void {
  switch (request.op) {
    case 'signIn':
      void signIn(companion, vault, request.account, request.password).then((problem) => {
        if (problem !== undefined) control.report({ event: 'refused', problem });
      });
      break;
    case 'dial':
    case 'pickup':
      void companion[request.op](request.line, request.target).then((outcome) =>
        control.report({ event: 'outcome', id: request.id, outcome }),
      );
      break;
    case 'answer':
    case 'drop':
      void companion[request.op](request.call).then((outcome) =>
        control.report({ event: 'outcome', id: request.id, outcome }),
      );
      break;
    case 'stop':
      void end();
      break;
  }
}
