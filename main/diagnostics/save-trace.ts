import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog, type SaveDialogOptions } from 'electron';
import { VERSION } from '../../app/version.ts';
import type { CommandResults } from '../../contract/renderer-api.ts';
import type { CompanionService } from '../companion/service.ts';
import { ownProblem } from '../text/problems.ts';
import { textsOf } from '../text/texts.ts';
import { traceFileName, traceText } from './trace-text.ts';

/** Asks where to and writes the trace there, as it is when the question is answered. */
export async function saveTrace(
  service: CompanionService,
  parent: BrowserWindow | undefined,
): Promise<CommandResults['saveTrace']> {
  const { language } = service.slices();
  const { title, textFile } = textsOf(language).saveTrace;
  const options: SaveDialogOptions = {
    title,
    defaultPath: traceFileName(Date.now()),
    filters: [{ name: textFile, extensions: ['txt'] }],
  };
  try {
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    if (canceled || !filePath) return { ok: true, cancelled: true };
    const source = { version: VERSION, platform: process.platform, savedAt: Date.now() };
    await writeFile(filePath, traceText(service.trace.from(0), source), 'utf8');
    return { ok: true };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: ownProblem('traceNotSaved', language, detail) };
  }
}
