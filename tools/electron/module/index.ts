/**
 * The stand-in for Electron's main process: `node stand-in.cjs <configuration.json> [words]`. It runs the main script
 * that the configuration names; that script's `electron` is this module.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Browser } from '../browser/browser.ts';
import { connectControl } from '../control/client.ts';
import type { Configuration } from '../control/messages.ts';
import { app, becomeReady } from './app.ts';
import { controls } from './controls.ts';
import { electron } from './electron.ts';
import { recordProblem, setRuntime } from './runtime.ts';

function start(configuration: Configuration): void {
  const schemes = new Set<string>();
  const browser = Browser.connect(configuration.browser, configuration.headed, schemes);
  // An application without its owner has nobody who would ever end it, nor its browser.
  const orphaned = (): void => {
    browser.then((connected) => connected.close()).finally(() => process.exit(1));
  };
  const control = connectControl(configuration.controlPort, controls, orphaned);
  const exit = (code: number): void => void control.close().then(() => process.exit(code));
  setRuntime({ configuration, record: control.record, browser, schemes, exit });
  browser.then(
    (connected) => {
      becomeReady(app);
      connected.devtools.closed.then(() => app.quit());
    },
    (error) => {
      recordProblem(error);
      exit(1);
    },
  );
}

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: pathToFileURL(__filename).href, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
});
Object.assign(process.versions, { electron: '0.0.0-stand-in' });
Object.assign(process, { type: 'browser' });

const [node = '', , file = '', ...words] = process.argv;
const configuration = JSON.parse(readFileSync(file, 'utf8')) as Configuration;
process.argv = [node, configuration.main, ...words];
Object.assign(process.env, configuration.env);
start(configuration);

const require = createRequire(__filename);
const self = require.cache[__filename];
if (self) self.exports = electron;
require(configuration.main);
