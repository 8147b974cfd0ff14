import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Grid, Stack, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import type { ApiKeyAnswer } from '../../../../shared/internal/developers.ts';
import { usePageActions } from '../../../actions.ts';
import { read } from '../../../api-client.ts';
import { DetailPage } from '../../../components/detail-page.tsx';
import { NothingYet, StateBoundary } from '../../../components/states.tsx';
import { useDeveloperTabs } from '../developer-tabs.tsx';
import { ApiKeyTable } from './api-key-table.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { RenameKeyDialog } from './rename-key-dialog.tsx';
import { RevokeKeyPanel } from './revoke-key-panel.tsx';
import { RotateKeyPanel } from './rotate-key-panel.tsx';

type Opened = { readonly kind: 'rename' | 'rotate' | 'revoke'; readonly apiKey: ApiKeyAnswer };

/** `/developers/keys`. */
export function ApiKeys(): JSX.Element {
  const { t } = useLingui();
  const [isMaking, setMaking] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  /** A key that was just made: it can be tried out as long as this page is open, and is kept nowhere. */
  const [freshKey, setFreshKey] = useState<string | null>(null);
  const keys = useQuery({
    queryKey: ['api_key'],
    queryFn: ({ signal }) => read<{ readonly api_keys: readonly ApiKeyAnswer[] }>('/api/internal/api_keys', { signal }),
  });
  usePageActions(
    useMemo(() => [{ id: 'new-api-key', label: msg`Create an API key`, group: 'create', keys: 'c', run: () => setMaking(true) }], []),
  );
  const createButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
      <Trans>Create a key</Trans>
    </Button>
  );
  const keyOf = (kind: Opened['kind']): ApiKeyAnswer | null => (opened?.kind === kind ? opened.apiKey : null);
  const close = (): void => setOpened(null);
  return (
    <DetailPage title={t`API keys`} crumbs={[]} tabs={useDeveloperTabs()} actions={createButton}>
      <Grid p="lg" gap="xl" style={{ width: '100%' }}>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              <Trans>Programs that call the API prove with a key who they are. A key is shown once; only its fingerprint is stored.</Trans>
            </Text>
            <StateBoundary query={keys}>
              {({ api_keys: rows }) =>
                rows.length === 0 ? (
                  <NothingYet icon={<IconKey />} title={t`No keys yet`} actions={createButton}>
                    <Trans>Without a key no program can send events or read invoices.</Trans>
                  </NothingYet>
                ) : (
                  <ApiKeyTable keys={rows} onChoose={(kind, apiKey) => setOpened({ kind, apiKey })} />
                )
              }
            </StateBoundary>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <ConnectionCard freshKey={freshKey} />
        </Grid.Col>
      </Grid>
      <NewKeyDialog opened={isMaking} onClose={() => setMaking(false)} onMade={setFreshKey} />
      <RenameKeyDialog apiKey={keyOf('rename')} onClose={close} />
      <RotateKeyPanel apiKey={keyOf('rotate')} onClose={close} onMade={setFreshKey} />
      <RevokeKeyPanel apiKey={keyOf('revoke')} onClose={close} />
    </DetailPage>
  );
}
