import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Select } from '@mantine/core';
import { IconListDetails, IconSettings } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import { REQUEST_METHODS, STATUS_CLASSES, type ApiKeyAnswer, type RequestRow } from '../../../../shared/internal/developers.ts';
import { usePageActions } from '../../../actions.ts';
import { read } from '../../../api-client.ts';
import type { TableColumn } from '../../../components/data-table.tsx';
import { ListPage, type FilterChip } from '../../../components/list-page.tsx';
import { NothingYet } from '../../../components/states.tsx';
import { useListAddress } from '../../../components/use-list-address.ts';
import { Code, Nothing } from '../../../components/values.tsx';
import { useListQuery } from '../../../list-query.ts';
import { DeveloperTabs } from '../developer-tabs.tsx';
import { StatusCode } from '../status-code.tsx';
import { Milliseconds } from '../webhooks/delivery-columns.tsx';
import { LogTime } from './log-time.tsx';
import { RequestInspector } from './request-inspector.tsx';
import { RequestLogPanel } from './request-log-panel.tsx';

/** `/developers/requests`: calls of the public API. */
export function RequestList(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/developers/requests' });
  const address = useListAddress(search, { by: 'occurred_at', direction: 'desc' });
  const [isChoosing, setChoosing] = useState(false);
  const list = useListQuery<RequestRow>({
    entity: 'request',
    path: '/api/internal/requests',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      method: search.method,
      status: search.status,
      api_key_id: search.key,
    },
  });
  const open = (row: RequestRow): void => address.change({ open: row.id });
  usePageActions(
    useMemo(
      () => [{ id: 'request-log-settings', label: msg`Choose what is kept of calls`, group: 'page', run: () => setChoosing(true) }],
      [],
    ),
  );
  return (
    <>
      <ListPage
        title={t`Requests`}
        name="requests"
        list={list}
        columns={useColumns(open)}
        rowId={(row) => row.id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={open}
        onQuickLook={open}
        openId={search.open}
        searchText={search.search ?? ''}
        searchLabel={t`Search path, error or request id`}
        onSearch={address.onSearch}
        chips={useChips(address.change)}
        onClearFilters={address.clear}
        tabs={<DeveloperTabs />}
        actions={
          <Button variant="default" leftSection={<IconSettings size={14} />} onClick={() => setChoosing(true)}>
            <Trans>What is kept</Trans>
          </Button>
        }
        filters={<Filters change={address.change} />}
        whenEmpty={
          <NothingYet icon={<IconListDetails />} title={t`No calls yet`}>
            <Trans>Calls that programs make with a key appear here as they come. Accepted posts of events are counted only.</Trans>
          </NothingYet>
        }
        beside={
          search.open === undefined ? undefined : <RequestInspector id={search.open} onClose={() => address.change({ open: undefined })} />
        }
      />
      <RequestLogPanel opened={isChoosing} onClose={() => setChoosing(false)} />
    </>
  );
}

type Change = (changes: Readonly<Record<string, unknown>>) => void;

function Filters({ change }: { readonly change: Change }): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/developers/requests' });
  const { data: keys } = useKeys();
  return (
    <>
      <Select
        aria-label={t`Method`}
        placeholder={t`Any method`}
        w={120}
        clearable
        value={search.method ?? null}
        data={[...REQUEST_METHODS]}
        onChange={(method) => change({ method: method ?? undefined })}
      />
      <Select
        aria-label={t`Status`}
        placeholder={t`Any status`}
        w={120}
        clearable
        value={search.status ?? null}
        data={[...STATUS_CLASSES]}
        onChange={(status) => change({ status: status ?? undefined })}
      />
      <Select
        aria-label={t`Key`}
        placeholder={t`Any key`}
        w={160}
        clearable
        value={search.key ?? null}
        data={(keys?.api_keys ?? []).map((key) => ({ value: key.lago_id, label: key.name ?? `…${key.last4}` }))}
        onChange={(key) => change({ key: key ?? undefined })}
      />
    </>
  );
}

function useKeys(): UseQueryResult<{ readonly api_keys: readonly ApiKeyAnswer[] }> {
  return useQuery({
    queryKey: ['api_key'],
    queryFn: ({ signal }) => read<{ readonly api_keys: readonly ApiKeyAnswer[] }>('/api/internal/api_keys', { signal }),
  });
}

function useChips(change: Change): readonly FilterChip[] {
  const { t } = useLingui();
  const { method, status, key } = useSearch({ from: '/shell/developers/requests' });
  const { data: keys } = useKeys();
  const keyName = keys?.api_keys.find(({ lago_id: id }) => id === key)?.name ?? t`One key`;
  const chips: FilterChip[] = [];
  if (method !== undefined) chips.push({ key: 'method', label: method, onRemove: () => change({ method: undefined }) });
  if (status !== undefined) chips.push({ key: 'status', label: status, onRemove: () => change({ status: undefined }) });
  if (key !== undefined) chips.push({ key: 'key', label: keyName, onRemove: () => change({ key: undefined }) });
  return chips;
}

function useColumns(open: (row: RequestRow) => void): readonly TableColumn<RequestRow>[] {
  const { t } = useLingui();
  return useMemo(
    () => [
      {
        id: 'path',
        header: t`Call`,
        width: 320,
        isWide: true,
        text: (row) => `${row.method} ${row.path}${row.query === '' ? '' : `?${row.query}`}`,
        cell: (row) => (
          <Anchor component="button" type="button" mih={24} className="code" onClick={() => open(row)}>
            {row.method} {row.path}
            {row.query !== '' && `?${row.query}`}
          </Anchor>
        ),
      },
      {
        id: 'status',
        header: t`Status`,
        sortKey: 'status',
        width: 90,
        text: (row) => String(row.status),
        cell: (row) => <StatusCode status={row.status} />,
      },
      {
        id: 'error',
        header: t`Error`,
        width: 190,
        text: (row) => row.error_code ?? '',
        cell: (row) => (row.error_code === null ? <Nothing /> : <Code>{row.error_code}</Code>),
      },
      {
        id: 'duration',
        header: t`Took`,
        sortKey: 'duration_ms',
        width: 90,
        isNumber: true,
        text: (row) => String(row.duration_ms),
        cell: (row) => <Milliseconds ms={row.duration_ms} />,
      },
      {
        id: 'key',
        header: t`Key`,
        width: 150,
        text: (row) => row.caller_name ?? '',
        cell: (row) => (row.caller_name === null ? <CallerWithoutName row={row} /> : <bdi>{row.caller_name}</bdi>),
      },
      {
        id: 'when',
        header: t`When`,
        sortKey: 'occurred_at',
        width: 210,
        text: (row) => row.occurred_at,
        cell: (row) => <LogTime at={row.occurred_at} />,
      },
    ],
    [t],
  );
}

function CallerWithoutName({ row }: { readonly row: RequestRow }): JSX.Element {
  return row.api_key_id === null ? <Trans>Nobody known</Trans> : <Nothing />;
}
