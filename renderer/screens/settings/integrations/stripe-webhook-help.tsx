import { Trans, useLingui } from '@lingui/react/macro';
import { Accordion, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { JSX } from 'react';
import { copyText } from '../../../components/copy-text.ts';

const EVENTS = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'setup_intent.succeeded',
  'customer.updated',
  'payment_method.detached',
  'charge.refund.updated',
  'charge.dispute.closed',
];

/** The ways in which news come from Stripe to a program that has no address on the internet. */
export function StripeWebhookHelp({ webhookUrl }: { readonly webhookUrl: string }): JSX.Element {
  const { t } = useLingui();
  const forward = `stripe listen --events ${EVENTS.join(',')} --forward-to '${webhookUrl}'`;
  return (
    <Accordion variant="separated" chevronPosition="left">
      <Accordion.Item value="help">
        <Accordion.Control>
          <Text size="sm">
            <Trans>How news come from Stripe</Trans>
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <List size="sm" spacing="xs">
              <List.Item>
                <Trans>
                  By asking, without any set-up: at every start, every quarter of an hour, and for each open payment after 1, 5, 15 and 60
                  minutes.
                </Trans>
              </List.Item>
              <List.Item>
                <Trans>At once on this computer: let Stripe’s command line forward its events, and enter the secret that it prints.</Trans>
              </List.Item>
              <List.Item>
                <Trans>
                  At once on a server with an address on the internet: make an endpoint at Stripe for the address below, and enter its
                  secret.
                </Trans>
              </List.Item>
            </List>
            <CopiedText text={forward} label={t`Command that forwards`} />
            <CopiedText text={webhookUrl} label={t`Address for Stripe`} />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function CopiedText({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const { t } = useLingui();
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <Group mt={4}>
        <Button
          variant="subtle"
          size="compact-xs"
          mih={24}
          leftSection={<IconCopy size={13} />}
          aria-label={t`Copy: ${label}`}
          onClick={() => void copyText(text)}
        >
          <Trans>Copy</Trans>
        </Button>
      </Group>
    </div>
  );
}
