import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { VERSION } from '../../shared/version.ts';
import { ApiError, read } from '../api-client.ts';
import { formatTime } from '../format/dates.ts';
import { formatUnits } from '../format/money.ts';
import { useConnection, type ConnectionState } from '../state/connection.ts';
import { useEventStatus } from '../state/event-status.ts';
import { NoticeBell } from './notice-bell.tsx';

const DOTS: Readonly<Record<ConnectionState, string>> = {
  connecting: '#8a939f',
  live: '#2a9d57',
  reconnecting: '#8a939f',
  stopped: '#d33a3a',
  signed_out: '#d98a00',
};

/** Where the API answers, how many events arrive, and which time it is for the books. */
export function StatusBar(): JSX.Element {
  const state = useConnection((connection) => connection.state);
  const perSecond = useEventStatus((status) => status.perSecond);
  const clock = useTestClock();
  return (
    <Group h="100%" px="sm" gap="md" wrap="nowrap" style={{ overflow: 'hidden', whiteSpace: 'nowrap' }}>
      <Text size="xs" className="badge-dot" component="span">
        <span aria-hidden style={{ width: 8, height: 8, borderRadius: '50%', background: DOTS[state] }} />
        <StateText state={state} />
      </Text>
      <Text size="xs" c="dimmed" className="number" component="span">
        <Trans>{formatUnits(perSecond)} events/s</Trans>
      </Text>
      <Text size="xs" c="dimmed" component="span">
        {clock === null ? <Trans>Clock: live</Trans> : <Trans>Test clock: {formatTime(clock, 'UTC')} UTC</Trans>}
      </Text>
      <Group gap={6} ml="auto" wrap="nowrap">
        <NoticeBell />
        <Text size="xs" c="dimmed" component="span">
          {`v${VERSION}`}
        </Text>
      </Group>
    </Group>
  );
}

function StateText({ state }: { readonly state: ConnectionState }): JSX.Element {
  const { t } = useLingui();
  const host = window.location.host;
  switch (state) {
    case 'connecting':
      return <>{t`Connecting…`}</>;
    case 'live':
      return <>{t`API ${host}`}</>;
    case 'reconnecting':
      return <>{t`Reconnecting… what you see may be old`}</>;
    case 'stopped':
      return <>{t`The billing server is not running`}</>;
    case 'signed_out':
      return <>{t`Signed out`}</>;
  }
}

/** The time of a sandbox whose clock was set; null for live books. */
function useTestClock(): string | null {
  const { data: now } = useQuery({
    queryKey: ['clock'],
    queryFn: async ({ signal }) => {
      try {
        return (await read<{ readonly test_clock: { readonly now: string } }>('/api/v1/test_clock', { signal })).test_clock.now;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
  return now ?? null;
}
