import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { TaxRow } from '../../../../shared/internal/taxes.ts';
import { pathPart, send } from '../../../api-client.ts';
import { ConfirmPanel } from '../../../components/confirm-panel.tsx';
import { formatUnits } from '../../../format/money.ts';

/** Says what goes with the tax, then deletes it. */
export function DeleteTaxPanel({ tax, onClose }: { readonly tax: TaxRow | null; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const name = tax?.name ?? '';
  const customers = formatUnits(tax?.customers_count ?? 0);
  return (
    <ConfirmPanel
      opened={tax !== null}
      onClose={onClose}
      title={t`Delete the tax “${name}”`}
      confirmLabel={t`Delete “${name}”`}
      isDestructive
      canConfirm
      onConfirm={() => send('DELETE', `/api/v1/taxes/${pathPart(tax?.code ?? '')}`)}
    >
      <Text size="sm">
        <Trans>
          Invoices that are final keep it. Drafts and everything billed from now on go without it; {customers} customers lose it.
        </Trans>
      </Text>
    </ConfirmPanel>
  );
}
