import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { formatUnits } from '../../format/money.ts';
import { listenLive } from '../../live.ts';
import type { TailState } from './live-tail.ts';

/** Those who listen to the page are told no more often. Rule: ui.md § 6. */
const SUMMARY_PAUSE_MS = 10_000;

/** `42 events, 2 problems`, of the last ten seconds in which something came. */
export function usePoliteSummary({ isFirstLoad }: TailState): string {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const since = useRef({ events: 0, problems: 0 });
  useEffect(() => {
    if (isFirstLoad) return undefined;
    const stop = listenLive((message) => {
      if (message.type !== 'events') return;
      since.current.events += message.count + message.refused.length;
      since.current.problems += [...message.rows, ...message.refused].filter(({ verdict }) => verdict !== 'counted').length;
    });
    const timer = setInterval(() => {
      const { events, problems } = since.current;
      if (events === 0) return;
      since.current = { events: 0, problems: 0 };
      setText(t`${formatUnits(events)} events, ${formatUnits(problems)} problems`);
    }, SUMMARY_PAUSE_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [isFirstLoad, t]);
  return text;
}
