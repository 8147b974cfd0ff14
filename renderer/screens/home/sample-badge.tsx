import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useSample } from '../welcome/use-sample.ts';

/** Says that the books are those of the sample company, and takes it out. */
export function SampleBadge(): JSX.Element | null {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [isOpen, panel] = useDisclosure(false);
  const sample = useSample();
  if (sample.data?.is_loaded !== true) return null;
  const remove = async (): Promise<void> => {
    await send('DELETE', '/api/internal/sample');
    await queries.invalidateQueries();
    notifications.show({ message: t`The sample company is gone` });
  };
  return (
    <>
      <StatusBadge tone="blue" label={t`Sample data`} />
      <Button variant="subtle" color="gray" onClick={panel.open}>
        <Trans>Remove sample data…</Trans>
      </Button>
      <ConfirmPanel
        opened={isOpen}
        onClose={panel.close}
        title={t`Remove the sample company`}
        confirmLabel={t`Remove sample data`}
        isDestructive
        canConfirm
        onConfirm={remove}
      >
        <Text size="sm">
          <Trans>
            Its customers, plans, events and invoices are deleted, with everything that you added to them. The organization, API keys and
            settings stay. The books are empty then.
          </Trans>
        </Text>
      </ConfirmPanel>
    </>
  );
}
