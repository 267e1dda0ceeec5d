import { rungs } from '../../app/diagnostics/ladder.ts';
import type { Rig } from '../rig/rig.ts';
import { type Seat, STEP_MS } from './seat.ts';

/** At a companion without a window: its owner asks over the control channel. */
export function headlessSeat(rig: Rig): Seat {
  const control = () => {
    if (!rig.companion) throw new Error('the companion does not run');
    return rig.companion.control;
  };
  const entries = () =>
    control().log.entries.flatMap((report) => (report.event === 'trace' ? [report.entry] : []));
  let asked = 0;
  return {
    title: rig.where === 'wine' ? 'in Windows Node under Wine' : 'natively',
    start: async (_, serveShim) => void (await rig.startCompanion(serveShim)),
    signIn: () => rig.signIn(),
    linked: async () => void (await control().report('shims', ({ count }) => count === 1, STEP_MS)),
    async answer() {
      const past = new Set<number>();
      for (const report of control().log.entries) {
        if (report.event === 'call' && report.call.status.state !== 'offering') past.add(report.call.id);
      }
      const rings = await control().report(
        'call',
        ({ call }) => call.status.state === 'offering' && !past.has(call.id),
        STEP_MS,
      );
      asked += 1;
      control().send({ op: 'answer', id: asked, call: rings.call.id });
    },
    offered: async () => void (await lastOffers()),
    async pickUp() {
      const { offers } = await lastOffers();
      const target = offers[0]?.target ?? '';
      asked += 1;
      control().send({ op: 'pickup', id: asked, line: rig.anna.line, target });
    },
    mark: async () => entries().at(-1)?.sequence ?? 0,
    steps: async (mark) => {
      const news = entries().filter(({ sequence }) => sequence > mark);
      const call = news.find((entry) => entry.call !== undefined)?.call;
      return call === undefined ? [] : rungs(news, call);
    },
    stop: async () => {
      await rig.companion?.stop();
    },
  };

  function lastOffers() {
    const past = control().log.entries.findLastIndex((report) => report.event === 'offers');
    return control().report('offers', ({ offers }) => offers.length > 0, STEP_MS, Math.max(past, 0));
  }
}
