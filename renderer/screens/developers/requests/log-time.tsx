import type { JSX } from 'react';
import { formatClock, formatDay } from '../../../format/dates.ts';

/** An instant of a log, to the millisecond: calls come many to a second. */
export function LogTime({ at }: { readonly at: string }): JSX.Element {
  return (
    <time dateTime={at} className="number">
      {`${formatDay(at)} ${formatClock(at)}`}
    </time>
  );
}
