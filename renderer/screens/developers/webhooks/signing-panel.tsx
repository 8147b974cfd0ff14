import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Drawer, Group, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconCopy, IconRefresh } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { read, send } from '../../../api-client.ts';
import { ConfirmPanel, RefusedNote } from '../../../components/confirm-panel.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { StateBoundary } from '../../../components/states.tsx';

const CHECK_HMAC = `import { createHmac, timingSafeEqual } from 'node:crypto';

// rawBody: the bytes as they came, before any parsing
const wanted = createHmac('sha256', process.env.HMAC_KEY)
  .update(rawBody).digest();
const sent = Buffer.from(headers['x-lago-signature'], 'base64');
const isGenuine = sent.length === wanted.length
  && timingSafeEqual(sent, wanted);`;

/** How a receiver knows that a message is ours, and the keys for it. */
export function SigningPanel({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const [isRenewing, setRenewing] = useState(false);
  return (
    <>
      <Drawer opened={opened} onClose={onClose} title={t`Signatures`}>
        <Stack>
          <Text size="sm">
            <Trans>
              Every message carries X-Lago-Signature, its algorithm, and X-Lago-Unique-Key, which is the same on every try: a receiver that
              has seen it lets the message go.
            </Trans>
          </Text>
          <Title order={3}>{'hmac'}</Title>
          <Text size="sm" c="dimmed">
            <Trans>Base64 of the HMAC-SHA256 of the raw body. The key is used as the text that it is.</Trans>
          </Text>
          <HmacKey />
          <ScrollArea.Autosize mah={200} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t`Example` }}>
            <Code block fz="xs">
              {CHECK_HMAC}
            </Code>
          </ScrollArea.Autosize>
          <Title order={3}>{'jwt'}</Title>
          <Text size="sm" c="dimmed">
            <Trans>An RS256 token whose claim “data” is the body. Check it with the public key.</Trans>
          </Text>
          {opened && <PublicKey />}
          <Group>
            <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => setRenewing(true)}>
              <Trans>Renew keys…</Trans>
            </Button>
          </Group>
        </Stack>
      </Drawer>
      <ConfirmPanel
        opened={isRenewing}
        onClose={() => setRenewing(false)}
        title={t`Renew the signing keys`}
        confirmLabel={t`Renew keys`}
        isDestructive
        canConfirm
        onConfirm={async () => {
          await send('POST', '/api/internal/webhook_keys/renew');
          notifications.show({ message: t`Messages are signed with new keys from now on` });
        }}
      >
        <Text size="sm">
          <Trans>
            Both keys are replaced at once. Receivers refuse every message until they have the new ones; what they refused can be sent
            again.
          </Trans>
        </Text>
      </ConfirmPanel>
    </>
  );
}

/** Fetched when it is asked for, and shown nowhere. */
function HmacKey(): JSX.Element {
  const copy = useMutation({
    mutationFn: async () => {
      const answer = await read<{ readonly webhook: { readonly hmac_key: string } }>('/api/v1/webhooks/hmac_key');
      await copyText(answer.webhook.hmac_key);
    },
  });
  return (
    <div>
      <Button variant="default" leftSection={<IconCopy size={14} />} loading={copy.isPending} onClick={() => copy.mutate()}>
        <Trans>Copy hmac key</Trans>
      </Button>
      {copy.error !== null && <RefusedNote error={copy.error} />}
    </div>
  );
}

function PublicKey(): JSX.Element {
  const key = useQuery({
    queryKey: ['webhook_key'],
    queryFn: ({ signal }) => read<{ readonly webhook: { readonly public_key: string } }>('/api/v1/webhooks/json_public_key', { signal }),
  });
  return (
    <StateBoundary query={key} rows={1}>
      {({ webhook }) => (
        <Group>
          <Button variant="default" leftSection={<IconCopy size={14} />} onClick={() => void copyText(atob(webhook.public_key))}>
            <Trans>Copy public key (PEM)</Trans>
          </Button>
        </Group>
      )}
    </StateBoundary>
  );
}
