import type { CallMessage, LineMessage, ReportMessage, WireMessage } from '../../contract/generated/shim.ts';
import type { Call } from '../calls/call.ts';
import { tapiLabel } from '../diagnostics/tapi-label.ts';
import { Trace } from '../diagnostics/trace.ts';
import type { PbxHint, SessionState, WireLine } from '../pbx/port.ts';
import type { Reply } from '../tsp/commands.ts';
import { LINECALLSTATE } from '../tsp/tapi.ts';

const stateNames = new Map(Object.entries(LINECALLSTATE).map(([name, value]) => [value, name.toUpperCase()]));

/** How the companion's steps read in the trace: one place for every label. */
export class Tracing {
  readonly trace: Trace;

  constructor(now: () => number) {
    this.trace = new Trace(now);
  }

  /** Something crossed the PBX's wire. */
  wire(account: string, line: WireLine, call: number | undefined): void {
    const { direction, label } = line;
    this.trace.add({
      leg: 'pbx',
      direction,
      account,
      label,
      detail: () => line.text,
      ...(call !== undefined && { call }),
    });
  }

  session(account: string, session: SessionState): void {
    const detail = 'problem' in session ? `${session.problem.code}: ${session.problem.detail}` : '';
    const stage = session.state === 'connecting' ? ` ${session.stage}` : '';
    this.trace.add({
      leg: 'pbx',
      direction: 'note',
      account,
      label: `session ${session.state}${stage}`,
      detail,
    });
  }

  /** Something at the PBX works less well than it could. */
  hint(account: string, { code, subject, what }: PbxHint): void {
    const detail = subject === '' ? what.en : `${subject}: ${what.en}`;
    this.trace.add({ leg: 'pbx', direction: 'note', account, label: `hint ${code}`, detail });
  }

  /** A call entered a state. */
  call(account: string, call: Call): void {
    const mode = 'mode' in call.status ? ` ${call.status.mode}` : '';
    const label = `${call.status.state.toUpperCase()}${mode}`;
    this.trace.add({
      leg: 'core',
      direction: 'note',
      account,
      call: call.id,
      label,
      detail: `line ${call.line}`,
    });
  }

  /** A snapshot went to the shims. */
  sent(message: LineMessage | CallMessage): void {
    if (message.kind === 'call') this.link('out', `call ${stateNames.get(message.state)}`, message.call);
    else this.link('out', `line ${message.inService ? 'in service' : 'out of service'}`);
  }

  /** The shim told something that asks for nothing. A line of its own trace comes with what it says. */
  received(message: WireMessage): void {
    this.link('in', message.kind === 'trace' ? `trace: ${message.line}` : message.kind);
  }

  link(direction: 'in' | 'out' | 'note', label: string, call?: number): void {
    this.trace.add({ leg: 'link', direction, label, detail: '', ...(call !== undefined && { call }) });
  }

  /** Somebody asks for something to be done. */
  asked(leg: 'link' | 'core', label: string, call: number): void {
    this.trace.add({ leg, direction: 'in', label, detail: '', call });
  }

  /** The same reply, with a trace of what was answered. */
  answered(leg: 'link' | 'core', reply: Reply, call: number): Reply {
    return (result) => {
      const label = result.ok ? 'result ok' : `result ${result.error}`;
      this.trace.add({ leg, direction: 'out', label, detail: '', call });
      reply(result);
    };
  }

  /** The shim told what passed between it and the telephony service. */
  report(report: ReportMessage): void {
    const direction = report.what === 'request' ? 'in' : 'out';
    const detail = `p1 ${report.param1} p2 ${report.param2} p3 ${report.param3}`;
    const call = report.call === 0 ? {} : { call: report.call };
    this.trace.add({ leg: 'tapi', direction, label: tapiLabel(report), detail, ...call });
  }
}
