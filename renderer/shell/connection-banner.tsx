import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Text } from '@mantine/core';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useConnection } from '../state/connection.ts';

/** Over every page when the server is gone, or no longer knows this window. */
export function ConnectionBanner(): JSX.Element | null {
  const { t } = useLingui();
  const state = useConnection((connection) => connection.state);
  if (state === 'stopped') {
    return (
      <Alert
        color="red"
        variant="filled"
        radius={0}
        icon={<IconPlugConnectedX />}
        title={t`The billing server is not running`}
        role="alert"
      >
        <Text size="sm">
          <Trans>
            No events are accepted and nothing is billed until it runs again. Start it with <code>meterbook serve</code>; its log is in the
            data folder under <code>logs</code>. This page goes on by itself then.
          </Trans>
        </Text>
      </Alert>
    );
  }
  if (state !== 'signed_out') return null;
  return (
    <Alert
      color="yellow"
      radius={0}
      icon={<IconLock />}
      title={t`You are signed out`}
      styles={{ title: { color: 'var(--ink-amber)' } }}
      role="alert"
    >
      <Text size="sm">
        <Trans>The server was started anew, or this session is too old. Open the sign-in link that it printed when it started.</Trans>
      </Text>
    </Alert>
  );
}
