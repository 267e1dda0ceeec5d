import { writeFileSync } from 'node:fs';
import { pipeName } from '../../../app/tsp/pipe-names.ts';
import { windowsEndpoint } from '../../../app/tsp/windows-endpoint.ts';
import { pipeRights } from '../../../tools/verify-windows/pipe-from-outside.ts';

/** Serves the companion's pipe and looks at it from outside. Writes what it saw to the file it is given. */
const [, , file = ''] = process.argv;

const told = (look: () => string): string => {
  try {
    return look();
  } catch (error) {
    return String(error);
  }
};

const endpoint = windowsEndpoint();
await endpoint.listen({
  connected: ({ stream }) => stream.destroy(),
  refused: () => undefined,
  failed: () => undefined,
});
const saw = {
  rights: told(() => pipeRights(endpoint.name)),
  gone: told(() => pipeRights(pipeName(4_711))),
};
writeFileSync(file, JSON.stringify(saw));
process.exit(0);
