import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, EmptyState, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconMapPinOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';

/** An address that names no page. */
export function MissingPage(): JSX.Element {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconMapPinOff />}
      withIndicatorBackground
      py={64}
      title={
        <Title order={1} fz="md" tabIndex={-1}>
          <Trans>There is no such page</Trans>
        </Title>
      }
      description={t`The address may be old, or what it showed was deleted.`}
    >
      <EmptyState.Actions>
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          <Trans>Go to Home</Trans>
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

/** A bug in a screen: the rest of the window goes on. */
export function FailedPage({ error, reset }: { readonly error: unknown; readonly reset: () => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <Alert m="lg" color="red" variant="outline" icon={<IconAlertTriangle />} title={t`This page failed`} role="alert">
      <Text size="sm">
        <Trans>Nothing was changed by it. Billing goes on.</Trans>
      </Text>
      <Text size="xs" c="dimmed" className="code" my="sm">
        {error instanceof Error ? error.message : String(error)}
      </Text>
      <Button variant="default" onClick={reset}>
        <Trans>Try again</Trans>
      </Button>
    </Alert>
  );
}
