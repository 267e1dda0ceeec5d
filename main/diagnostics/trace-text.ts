import type { TraceRow } from '../../contract/renderer-api.ts';

/** Where the trace comes from, for its first lines. */
export type TraceSource = { readonly version: string; readonly platform: string; readonly savedAt: number };

/** The trace as text: a heading, then a line for each row. The rows were redacted when they were stored. */
export function traceText(rows: readonly TraceRow[], { version, platform, savedAt }: TraceSource): string {
  const heading = [
    `Tapline ${version} on ${platform}`,
    `Saved ${new Date(savedAt).toISOString()}, ${rows.length} entries`,
    'time | leg | direction | account | call | what | detail',
  ];
  return [...heading, ...rows.map(rowText), ''].join('\n');
}

/** `tapline-trace-2026-11-21-093005.txt`, in UTC. */
export function traceFileName(savedAt: number): string {
  const [day = '', time = ''] = new Date(savedAt).toISOString().split(/[T.]/);
  return `tapline-trace-${day}-${time.replaceAll(':', '')}.txt`;
}

function rowText({ at, leg, direction, account, call, label, detail }: TraceRow): string {
  const cells = [
    new Date(at).toISOString(),
    leg,
    direction,
    account,
    call === 0 ? '' : String(call),
    label,
    detail,
  ];
  return cells.map((cell) => cell.replace(/[\r\n]+/g, ' ⏎ ')).join(' | ');
}
