import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import { pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';

interface DeleteAddOnPanelProps {
  readonly addOn: { readonly name: string; readonly code: string } | null;
  readonly appliedCount: number;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Says what deleting means, then deletes. */
export function DeleteAddOnPanel({ addOn, appliedCount, onClose, onDeleted }: DeleteAddOnPanelProps): JSX.Element {
  const { t } = useLingui();
  const name = addOn?.name ?? '';
  return (
    <ConfirmPanel
      opened={addOn !== null}
      onClose={onClose}
      title={t`Delete the add-on “${name}”`}
      confirmLabel={t`Delete “${name}”`}
      isDestructive
      canConfirm
      onConfirm={async () => {
        await send('DELETE', `/api/v1/add_ons/${pathPart(addOn?.code ?? '')}`);
        onDeleted?.();
      }}
    >
      <Text size="sm">
        {appliedCount === 0 ? (
          <Trans>It was never applied: nothing else changes. Its code is free again.</Trans>
        ) : (
          <>
            <Plural
              value={appliedCount}
              one="The invoice line that was made with it stays as it is."
              other="The # invoice lines that were made with it stay as they are."
            />{' '}
            <Trans>It cannot be applied any more, and its code is free again.</Trans>
          </>
        )}
      </Text>
    </ConfirmPanel>
  );
}
