import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import type { DeliveryStatus } from '../../../../shared/internal/developers.ts';
import { StatusBadge, type Tone } from '../../../components/status-badge.tsx';

const TONES: Readonly<Record<DeliveryStatus, Tone>> = { pending: 'blue', retrying: 'amber', succeeded: 'green', failed: 'red' };

export function useDeliveryStatusWords(): Readonly<Record<DeliveryStatus, string>> {
  const { t } = useLingui();
  return { pending: t`Waiting`, retrying: t`Trying again`, succeeded: t`Delivered`, failed: t`Failed` };
}

export function DeliveryBadge({ status }: { readonly status: DeliveryStatus }): JSX.Element {
  return <StatusBadge tone={TONES[status]} label={useDeliveryStatusWords()[status]} />;
}
