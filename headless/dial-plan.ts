import type { Language, Text } from '../app/language.ts';
import { dialPlan } from '../app/pbx/asterisk/generator/dial-plan.ts';
import {
  managerSection,
  SCREEN_POP_RIGHTS,
  USUAL_RIGHTS,
} from '../app/pbx/asterisk/generator/manager-section.ts';
import type { Generated } from '../app/pbx/asterisk/generator/problems.ts';
import type { DialPlanArguments, ManagerArguments } from './arguments.ts';
import { readPhones } from './phones-file.ts';
import type { Output } from './terminal.ts';

/** How both commands end. */
const DONE = 0;
const BAD_ENTRIES = 2;

/** Prints extensions-tapi.conf for the phones of a file. Resolves to the exit code. */
export async function printDialPlan(
  { phones, language }: DialPlanArguments,
  output: Output,
): Promise<number> {
  const read = await readPhones(phones);
  if (!read.ok) return complained(read.problems, language ?? output.language, output);
  // The dial plan tells of a phone by what it dials.
  const lines = read.lines.map(({ channel, extension }) => ({ name: channel, extension }));
  return printed(dialPlan({ lines }), language ?? output.language, output);
}

/** Prints the section of manager.conf. Returns the exit code. */
export function printManagerSection(
  { user, permit, screenPop, phoneKeys, language }: ManagerArguments,
  output: Output,
): number {
  const rights = screenPop ? SCREEN_POP_RIGHTS : { ...USUAL_RIGHTS, phoneKeys };
  const networks = permit
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');
  return printed(managerSection({ user, permit: networks, rights }), language ?? output.language, output);
}

function printed(generated: Generated, language: Language, output: Output): number {
  if (!generated.ok) {
    const problems = generated.problems.map(({ what, todo }) => ({
      de: `${what.de} ${todo.de}`,
      en: `${what.en} ${todo.en}`,
    }));
    return complained(problems, language, output);
  }
  output.print(generated.text);
  return DONE;
}

function complained(problems: readonly Text[], language: Language, { complain }: Output): number {
  for (const text of problems) complain(text[language]);
  return BAD_ENTRIES;
}
