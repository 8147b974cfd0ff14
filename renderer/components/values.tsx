import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { formatDay, formatTime, windowTimeZone } from '../format/dates.ts';
import { formatMoney, formatUnits } from '../format/money.ts';
import { copyText } from './copy-text.ts';

/** Nothing to show: a dash that is read as "none". */
export function Nothing(): JSX.Element {
  const { t } = useLingui();
  return (
    <span style={{ color: 'var(--mantine-color-dimmed)' }} aria-label={t`none`} role="img">
      –
    </span>
  );
}

/** An amount in the smallest unit of its currency. */
export function Money({ cents, currency }: { readonly cents: number | string | null | undefined; readonly currency: string }): JSX.Element {
  if (cents === null || cents === undefined) return <Nothing />;
  return <span className="number">{formatMoney(cents, currency)}</span>;
}

/** Units, as the API writes them. */
export function Units({ units }: { readonly units: string | number | null | undefined }): JSX.Element {
  return units === null || units === undefined || units === '' ? <Nothing /> : <span className="number">{formatUnits(units)}</span>;
}

interface TimeProps {
  readonly at: string | null | undefined;
  /** The customer's zone, told beside ours and UTC. */
  readonly timeZone?: string | null | undefined;
}

/** An instant, short and local; on hover and focus in UTC and in the customer's zone. Rule: ui.md § 3 "Time". */
export function Time({ at, timeZone }: TimeProps): JSX.Element {
  if (at === null || at === undefined || at === '') return <Nothing />;
  const zones = ['UTC', ...(timeZone === null || timeZone === undefined ? [] : [timeZone])].filter((zone) => zone !== windowTimeZone());
  return (
    <Tooltip label={zones.map((zone) => `${formatTime(at, zone)} ${zone}`).join(' · ')} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} className="number">
        {formatTime(at)}
      </time>
    </Tooltip>
  );
}

/** A day without a time: no zone can move it. */
export function Day({ on }: { readonly on: string | null | undefined }): JSX.Element {
  if (on === null || on === undefined || on === '') return <Nothing />;
  return (
    <time dateTime={on.slice(0, 10)} className="number">
      {formatDay(on)}
    </time>
  );
}

/** A billing period as inclusive days, exactly as the server returns them. */
export function Period({ from, to }: { readonly from: string | null | undefined; readonly to: string | null | undefined }): JSX.Element {
  if (from === null || from === undefined || to === null || to === undefined) return <Nothing />;
  return (
    <span className="number">
      {formatDay(from)} – {formatDay(to)}
    </span>
  );
}

const SHOWN_ID_LETTERS = 18;

interface CopyIdProps {
  readonly value: string | null | undefined;
  readonly label?: string;
  /** An address is read, not only copied: all of it is shown. */
  readonly isWhole?: boolean;
}

/** An id or code that is copied with a click; a long one shows its two ends. */
export function CopyId({ value, label, isWhole = false }: CopyIdProps): JSX.Element {
  const { t } = useLingui();
  if (value === null || value === undefined || value === '') return <Nothing />;
  const shown = !isWhole && value.length > SHOWN_ID_LETTERS + 1 ? `${value.slice(0, 8)}…${value.slice(-8)}` : value;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 2, maxWidth: '100%' }}>
      <span className="code" title={value}>
        {shown}
      </span>
      <ActionIcon size={24} aria-label={t`Copy ${label ?? value}`} onClick={() => void copyText(value)}>
        <IconCopy size={13} />
      </ActionIcon>
    </span>
  );
}

/** A code or an external id in a list. */
export function Code({ children }: { readonly children: ReactNode }): JSX.Element {
  return <span className="code">{children}</span>;
}
