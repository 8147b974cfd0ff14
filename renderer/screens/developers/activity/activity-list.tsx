import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Select } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import type { ActivityRow } from '../../../../shared/internal/developers.ts';
import type { TableColumn } from '../../../components/data-table.tsx';
import { ListPage, type FilterChip } from '../../../components/list-page.tsx';
import { NothingYet } from '../../../components/states.tsx';
import { useListAddress } from '../../../components/use-list-address.ts';
import { Nothing } from '../../../components/values.tsx';
import { useListQuery } from '../../../list-query.ts';
import { DeveloperTabs } from '../developer-tabs.tsx';
import { LogTime } from '../requests/log-time.tsx';
import { ActivityInspector } from './activity-inspector.tsx';
import { useActivityWords, type ActivityWords } from './activity-words.ts';
import { UndoButton } from './undo-button.tsx';

/** `/developers/activity`: who changed what. */
export function ActivityList(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/developers/activity' });
  const address = useListAddress(search, { by: 'occurred_at', direction: 'desc' });
  const words = useActivityWords();
  const list = useListQuery<ActivityRow>({
    entity: 'activity',
    path: '/api/internal/activity',
    filters: {
      direction: address.sort.direction,
      search: search.search,
      entity: search.entity,
      author: search.author,
      entity_id: search.object,
    },
  });
  const open = (row: ActivityRow): void => address.change({ open: row.id });
  const opened = list.rows.find(({ id }) => id === search.open);
  return (
    <ListPage
      title={t`Activity`}
      name="activity"
      list={list}
      columns={useColumns(open, words)}
      rowId={(row) => row.id}
      sort={address.sort}
      onSort={address.onSort}
      onOpen={open}
      onQuickLook={open}
      openId={search.open}
      searchText={search.search ?? ''}
      searchLabel={t`Search name or author`}
      onSearch={address.onSearch}
      chips={useChips(address.change, words)}
      onClearFilters={address.clear}
      tabs={<DeveloperTabs />}
      filters={<Filters change={address.change} words={words} />}
      whenEmpty={
        <NothingYet icon={<IconHistory />} title={t`Nothing was changed yet`}>
          <Trans>Every change is noted here with who made it, through the API or on a screen. Harmless ones can be undone.</Trans>
        </NothingYet>
      }
      beside={
        opened === undefined ? undefined : <ActivityInspector activity={opened} onClose={() => address.change({ open: undefined })} />
      }
    />
  );
}

type Change = (changes: Readonly<Record<string, unknown>>) => void;

function Filters({ change, words }: { readonly change: Change; readonly words: ActivityWords }): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/developers/activity' });
  return (
    <>
      <Select
        aria-label={t`Kind`}
        placeholder={t`Any kind`}
        w={170}
        clearable
        searchable
        value={search.entity ?? null}
        data={Object.entries(words.entities).map(([value, label]) => ({ value, label }))}
        onChange={(entity) => change({ entity: entity ?? undefined })}
      />
      <Select
        aria-label={t`Author`}
        placeholder={t`Anybody`}
        w={130}
        clearable
        value={search.author ?? null}
        data={[
          { value: 'screen', label: t`A screen` },
          { value: 'key', label: t`An API key` },
        ]}
        onChange={(author) => change({ author: author ?? undefined })}
      />
    </>
  );
}

function useChips(change: Change, words: ActivityWords): readonly FilterChip[] {
  const { t } = useLingui();
  const { entity, author, object } = useSearch({ from: '/shell/developers/activity' });
  const chips: FilterChip[] = [];
  if (entity !== undefined) chips.push({ key: 'entity', label: words.entityOf(entity), onRemove: () => change({ entity: undefined }) });
  if (author !== undefined)
    chips.push({ key: 'author', label: author === 'key' ? t`An API key` : t`A screen`, onRemove: () => change({ author: undefined }) });
  if (object !== undefined) chips.push({ key: 'object', label: t`One object`, onRemove: () => change({ object: undefined }) });
  return chips;
}

function useColumns(open: (row: ActivityRow) => void, words: ActivityWords): readonly TableColumn<ActivityRow>[] {
  const { t } = useLingui();
  return useMemo(
    () => [
      {
        id: 'what',
        header: t`Change`,
        width: 300,
        isWide: true,
        text: (row) => `${words.actionOf(row.action)}: ${words.entityOf(row.entity)} ${row.entity_name}`,
        cell: (row) => (
          <Anchor component="button" type="button" mih={24} size="sm" ta="start" onClick={() => open(row)}>
            {words.actionOf(row.action)}: {words.entityOf(row.entity)} <bdi>{row.entity_name}</bdi>
          </Anchor>
        ),
      },
      {
        id: 'fields',
        header: t`Fields`,
        width: 240,
        text: (row) => changedNames(row),
        cell: (row) => (row.action === 'updated' ? <span className="code">{changedNames(row)}</span> : <Nothing />),
      },
      {
        id: 'author',
        header: t`By`,
        width: 160,
        text: (row) => row.author_name ?? row.author,
        cell: (row) => (row.author === 'screen' ? <Trans>A screen</Trans> : <bdi>{row.author_name ?? t`A key without a name`}</bdi>),
      },
      {
        id: 'when',
        header: t`When`,
        sortKey: 'occurred_at',
        width: 210,
        text: (row) => row.occurred_at,
        cell: (row) => <LogTime at={row.occurred_at} />,
      },
      {
        id: 'undo',
        header: t`Undo`,
        width: 110,
        text: (row) => (row.undone_at === null ? '' : t`Undone`),
        cell: (row) => <UndoButton activity={row} />,
      },
    ],
    [t, words],
  );
}

function changedNames(row: ActivityRow): string {
  return [...new Set([...Object.keys(row.before), ...Object.keys(row.after)])].join(', ');
}
