import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Temporal } from '../../shared/dates.ts';
import type { NoticeCommand } from '../../shared/desktop-bridge.ts';
import type { AttentionAnswer, AttentionItem } from '../../shared/internal/home.ts';
import { read } from '../api-client.ts';
import { desktopBridge } from '../bridge.ts';
import { useDesktopState } from '../state/desktop-state.ts';
import { useNotices } from '../state/notices.ts';

/** Tells what has newly come to need attention: in the bell, and by the system where there is a desktop. Rule: ui.md § 5 "Notifications". */
export function useNoticesOfAttention(): void {
  const seen = useRef<ReadonlySet<string> | null>(null);
  const { data: attention } = useQuery({
    queryKey: ['home', 'attention'],
    queryFn: ({ signal }) => read<AttentionAnswer>('/api/internal/home/attention', { signal }),
  });
  useEffect(() => {
    if (attention === undefined) return;
    const notices = attention.items.flatMap(noticesOf);
    const known = seen.current;
    seen.current = new Set(notices.map(keyOf));
    // What was there when the window opened is on Home; the bell tells of what came since.
    if (known !== null) for (const notice of notices) if (!known.has(keyOf(notice))) tell(notice);
  }, [attention]);
  const update = useDesktopState((state) => state.update);
  useEffect(() => {
    if (update.kind !== 'ready') return;
    const { version } = update;
    const body = t`It is installed when Meterbook quits.`;
    tell({ kind: 'update_ready', about: version, title: t`Version ${version} is ready`, body, route: '/settings/server' });
  }, [update]);
}

function keyOf({ kind, about }: NoticeCommand): string {
  return `${kind} ${about}`;
}

function tell(notice: NoticeCommand): void {
  useNotices.getState().add({ ...notice, id: keyOf(notice), at: nowText() });
  void desktopBridge()?.notices(notice);
}

/** The computer's time. */
function nowText(): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(performance.timeOrigin + performance.now())).toString();
}

function noticesOf({ kind, examples }: AttentionItem): readonly NoticeCommand[] {
  switch (kind) {
    case 'failed_payments':
      return examples.map(({ id, label }) => ({
        kind: 'payment_failed',
        about: id ?? label,
        title: t`A payment failed`,
        body: label,
        route: id === null ? '/payments' : `/invoices/${id}`,
      }));
    case 'unmatched_events':
      return examples.map(({ label }) => ({
        kind: 'problem_events',
        about: label,
        title: t`Events match no billable metric`,
        body: label,
        route: '/events?verdict=problems',
      }));
    case 'draft_invoices':
      return examples.map(({ id, label }) => ({
        kind: 'period_closed',
        about: id ?? label,
        title: t`A period is over: its draft can be reviewed`,
        body: label,
        route: id === null ? '/invoices' : `/invoices/${id}`,
      }));
    case 'parked_subscriptions':
    case 'uncertain_payments':
    case 'unused_metrics':
    case 'failed_webhooks':
    case 'listener_gaps':
      return [];
  }
}
