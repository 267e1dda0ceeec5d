/** The part of Asterisk's configuration that no test decides: folders, the log, and nothing else switched on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from './installation.ts';

/** Files that modules look for. Without them the log has errors that mean nothing. */
const EMPTY = ['acl', 'ccss', 'cel', 'codecs', 'dsp', 'pjproject', 'sorcery', 'stasis', 'udptl'];

export const BASE_FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(EMPTY.map((name) => [`${name}.conf`, ''])),
  'cdr.conf': '[general]\n',
  'features.conf': '[general]\n',
  'indications.conf':
    '[general]\ncountry = us\n[us]\ndescription = US\nringcadence = 2000,4000\nring = 440+480/2000,0/4000\nbusy = 480+620/500,0/500\n',
  'http.conf': '[general]\nenabled = no\n',
  'logger.conf': '[logfiles]\ncomplaints => warning,error\n',
};

/** What even the smallest dial plan uses. */
const BASE_MODULES = [
  'pbx_config',
  'app_dial',
  'app_exec',
  'app_stack',
  'app_userevent',
  'func_callerid',
  'func_channel',
  'func_logic',
  'func_strings',
  'bridge_simple',
  'res_timing_timerfd',
];

export function baseConfiguration({ modules, data }: Installation, folder: string): string {
  const at = (name: string) => join(folder, name);
  return `[directories]
astetcdir => ${at('etc')}
astmoddir => ${modules}
astvarlibdir => ${at('var')}
astdbdir => ${at('var')}
astkeydir => ${at('var')}
astcachedir => ${at('var')}
astdatadir => ${data}
astagidir => ${at('var')}
astspooldir => ${at('spool')}
astrundir => ${at('run')}
astlogdir => ${at('log')}

[options]
documentation_language = en_US
`;
}

/** Loads these modules and no others. One that this release does not have is left out: names come and go. */
export function modulesFile({ modules }: Installation, names: readonly string[]): string {
  const present = [...new Set([...BASE_MODULES, ...names])].filter((name) =>
    existsSync(join(modules, `${name}.so`)),
  );
  return ['[modules]', 'autoload = no', ...present.map((name) => `load = ${name}.so`), ''].join('\n');
}
