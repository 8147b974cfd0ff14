import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { DeliveryAnswer } from '../../../../shared/internal/developers.ts';
import { pathPart, read, send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { Inspector } from '../../../components/inspector.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { CopyId, Nothing, Time } from '../../../components/values.tsx';
import { Facts } from '../facts.tsx';
import { KeptText } from '../kept-text.tsx';
import { Milliseconds } from './delivery-columns.tsx';
import { DeliveryBadge } from './delivery-status.tsx';

interface DeliveryInspectorProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One message: what was sent, what came back, and sending it again. */
export function DeliveryInspector({ id, onClose }: DeliveryInspectorProps): JSX.Element {
  const { t } = useLingui();
  const delivery = useQuery({
    queryKey: ['webhook_delivery', id],
    queryFn: ({ signal }) =>
      read<{ readonly webhook_delivery: DeliveryAnswer }>(`/api/internal/webhook_deliveries/${pathPart(id)}`, { signal }),
  });
  return (
    <Inspector title={delivery.data?.webhook_delivery.webhook_type ?? t`Message`} onClose={onClose}>
      <StateBoundary query={delivery}>{({ webhook_delivery: one }) => <Delivery delivery={one} />}</StateBoundary>
    </Inspector>
  );
}

function Delivery({ delivery }: { readonly delivery: DeliveryAnswer }): JSX.Element {
  const { t } = useLingui();
  const resend = useMutation({ mutationFn: () => send('POST', `/api/internal/webhook_deliveries/${delivery.id}/resend`) });
  const isUnderWay = delivery.status === 'pending';
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <DeliveryBadge status={delivery.status} />
        <Button
          variant="default"
          leftSection={<IconSend size={14} />}
          loading={resend.isPending}
          disabled={isUnderWay}
          onClick={() => resend.mutate()}
        >
          <Trans>Resend</Trans>
        </Button>
      </Group>
      {resend.error !== null && <RefusedNote error={resend.error} />}
      <Facts
        facts={[
          [t`Endpoint`, <bdi key="endpoint">{delivery.endpoint_url}</bdi>],
          [t`Answer`, delivery.http_status === null ? <Nothing key="answer" /> : String(delivery.http_status)],
          [t`Attempts`, String(delivery.attempts)],
          [t`Took`, <Milliseconds key="took" ms={delivery.duration_ms} />],
          [t`Written`, <Time key="written" at={delivery.created_at} />],
          [t`Last try`, <Time key="tried" at={delivery.last_tried_at} />],
          [t`Next try`, <Time key="next" at={delivery.next_try_at} />],
          [t`Unique key`, <CopyId key="id" value={delivery.id} label={t`the unique key`} />],
          [t`Object`, <CopyId key="object" value={delivery.object_id} label={t`the object’s id`} />],
          [t`Signature`, delivery.signature_algo],
        ]}
      />
      <Title order={3}>
        <Trans>Body sent</Trans>
      </Title>
      <KeptText text={delivery.payload} label={t`Body sent`} />
      <Title order={3}>
        <Trans>Answer received</Trans>
      </Title>
      <KeptText text={delivery.response} label={t`Answer received`} />
    </Stack>
  );
}
