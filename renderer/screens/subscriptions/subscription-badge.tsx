import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import type { SubscriptionAnswer } from '../../../shared/wire/subscription.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';

interface SubscriptionBadgeProps {
  readonly status: SubscriptionAnswer['status'];
  readonly isEndingSoon?: boolean;
  readonly isParked?: boolean;
  /** Of one that waits: its day. */
  readonly startsOn?: string | null;
}

/** Rule: ui.md § 7 "Badge". */
export function SubscriptionBadge({
  status,
  isEndingSoon = false,
  isParked = false,
  startsOn = null,
}: SubscriptionBadgeProps): JSX.Element {
  const { t } = useLingui();
  if (isParked) return <StatusBadge tone="red" label={t`Billing stopped`} isWarning />;
  switch (status) {
    case 'pending': {
      const day = startsOn === null ? '' : formatDay(startsOn);
      return <StatusBadge tone="blue" label={day === '' ? t`Pending` : t`Pending, ${day}`} />;
    }
    case 'active':
      return isEndingSoon ? <StatusBadge tone="amber" label={t`Ends soon`} /> : <StatusBadge tone="green" label={t`Active`} />;
    case 'terminated':
      return <StatusBadge tone="grey" label={t`Terminated`} />;
    case 'canceled':
      return <StatusBadge tone="grey" label={t`Canceled`} />;
  }
}
