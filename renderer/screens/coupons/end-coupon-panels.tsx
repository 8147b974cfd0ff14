import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import { pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';

interface EndCouponPanelProps {
  readonly coupon: { readonly lago_id: string; readonly name: string; readonly code: string } | null;
  /** Customers who have it. */
  readonly activeCount: number;
  readonly onClose: () => void;
  readonly onEnded?: () => void;
}

/** Nobody gets it any more; those who have it keep it. */
export function TerminateCouponPanel({ coupon, activeCount, onClose, onEnded }: EndCouponPanelProps): JSX.Element {
  const { t } = useLingui();
  const name = coupon?.name ?? '';
  return (
    <ConfirmPanel
      opened={coupon !== null}
      onClose={onClose}
      title={t`Terminate the coupon “${name}”`}
      confirmLabel={t`Terminate “${name}”`}
      canConfirm
      onConfirm={async () => {
        await send('POST', `/api/internal/coupons/${coupon?.lago_id ?? ''}/terminate`, {});
        onEnded?.();
      }}
    >
      <Stack gap="xs">
        <Text size="sm">
          <Trans>From now on it can be given to nobody. This cannot be taken back.</Trans>
        </Text>
        <Text size="sm">
          {activeCount === 0 ? (
            <Trans>Nobody has it.</Trans>
          ) : (
            <Plural
              value={activeCount}
              one="# customer has it and keeps it, until it is used up there."
              other="# customers have it and keep it, until it is used up there."
            />
          )}
        </Text>
        <Text size="sm" c="dimmed">
          <Trans>To take it away from those who have it, too, delete it instead.</Trans>
        </Text>
      </Stack>
    </ConfirmPanel>
  );
}

/** It goes, also from those who have it. */
export function DeleteCouponPanel({ coupon, activeCount, onClose, onEnded }: EndCouponPanelProps): JSX.Element {
  const { t } = useLingui();
  const name = coupon?.name ?? '';
  return (
    <ConfirmPanel
      opened={coupon !== null}
      onClose={onClose}
      title={t`Delete the coupon “${name}”`}
      confirmLabel={t`Delete “${name}”`}
      isDestructive
      canConfirm
      onConfirm={async () => {
        await send('DELETE', `/api/v1/coupons/${pathPart(coupon?.code ?? '')}`);
        onEnded?.();
      }}
    >
      <Stack gap="xs">
        <Text size="sm">
          {activeCount === 0 ? (
            <Trans>Nobody has it.</Trans>
          ) : (
            <Plural
              value={activeCount}
              one="# customer has it and loses it now: it lowers no further invoice."
              other="# customers have it and lose it now: it lowers no further invoice."
            />
          )}
        </Text>
        <Text size="sm">
          <Trans>Invoices that are final keep what it took off them. Its code is free again.</Trans>
        </Text>
        <Text size="sm" c="dimmed">
          <Trans>To let those who have it keep it, terminate it instead.</Trans>
        </Text>
      </Stack>
    </ConfirmPanel>
  );
}
