import './diagnostics.css';
import { useCallback, useEffect, useState } from 'react';
import { bridge } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { ProblemNote } from '../ui/note.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { useRefusal } from '../use-command.ts';
import { Hints } from './hints.tsx';
import { LadderTab } from './ladder-tab.tsx';
import { StatusBar } from './status-bar.tsx';
import { TapiTab } from './tapi-tab.tsx';
import { TraceFollower } from './trace-follower.ts';
import { TraceTab } from './trace-tab.tsx';
import { useOutput } from './use-output.tsx';

type View = 'trace' | 'ladder' | 'tapi';

const follower = new TraceFollower({
  bridge,
  nextFrame: (then) => requestAnimationFrame(then),
  now: () => performance.now(),
});

/** What happens between the phone system and TAPI programs: every step, one call's way, and TAPI's messages. */
export function Diagnostics() {
  const t = useText();
  const refusal = useRefusal();
  const [view, setView] = useState<View>('trace');
  const [call, setCall] = useState(0);
  const [refused, setRefused] = useState(false);
  useEffect(() => follower.follow(() => setRefused(true)), []);
  const output = useOutput();
  const showWay = useCallback((wanted: number) => {
    setCall(wanted);
    setView('ladder');
  }, []);
  return (
    <div className="diagnostics">
      <main className="diagnostics-main">
        <h1 className="hidden-text">{t('diagnostics.heading')}</h1>
        {refused && <ProblemNote problem={refusal} />}
        <Hints />
        <Tabs<View>
          label={t('diagnostics.views')}
          tabs={[
            { name: 'trace', title: t('diagnostics.trace') },
            { name: 'ladder', title: t('diagnostics.ladder') },
            { name: 'tapi', title: t('diagnostics.tapi') },
          ]}
          chosen={view}
          choose={setView}
          after={output.buttons}
        >
          {view === 'trace' && <TraceTab follower={follower} output={output} showWay={showWay} />}
          {view === 'ladder' && (
            <LadderTab follower={follower} output={output} call={call} choose={setCall} />
          )}
          {view === 'tapi' && <TapiTab follower={follower} output={output} />}
        </Tabs>
        {output.problem && <ProblemNote problem={output.problem} />}
      </main>
      <StatusBar message={output.message} />
    </div>
  );
}
