import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, CloseButton, Group, Menu, Pill, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBookmark, IconColumns, IconDownload, IconSearch } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type JSX, type ReactNode } from 'react';
import { queryOf } from '../api-client.ts';
import { formatUnits } from '../format/money.ts';
import { readWholeList, type ListQuery } from '../list-query.ts';
import { useListChoices } from '../state/list-choices.ts';
import { csvOf, saveCsv } from './csv.ts';
import { DataTable, type DataTableProps, type TableColumn } from './data-table.tsx';
import { PageHeader } from './page-header.tsx';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { NothingMatches } from './states.tsx';

/** A filter that is set. */
export interface FilterChip {
  readonly key: string;
  readonly label: string;
  readonly onRemove: () => void;
}

interface ListPageProps<Row> extends Omit<DataTableProps<Row>, 'empty' | 'label'> {
  readonly title: string;
  /** The text that is searched for, from the address. */
  readonly searchText?: string;
  /** Without it the list has no search field. */
  readonly onSearch?: (text: string) => void;
  readonly searchLabel?: string;
  /** Where the server sends every row as CSV, under the list's own filters; without it the rows are read and written here. */
  readonly exportPath?: string;
  /** Selects and tabs beside the search field. */
  readonly filters?: ReactNode;
  readonly chips: readonly FilterChip[];
  readonly onClearFilters: () => void;
  /** Buttons at the top right. */
  readonly actions?: ReactNode;
  /** Between header and filters. */
  readonly tabs?: ReactNode;
  /** Shown when there is nothing at all: `NothingYet`. */
  readonly whenEmpty: ReactNode;
  /** Buttons for the selected rows. */
  readonly bulkActions?: ReactNode;
  /** Beside the table: an inspector. */
  readonly beside?: ReactNode;
}

const SEARCH_DELAY_MS = 200;

/** Title, filters, table and footer of a list. Filters, order and the open row live in the address. Rule: ui.md § 3. */
export function ListPage<Row>(props: ListPageProps<Row>): JSX.Element {
  const { list, chips } = props;
  const { searchText = '', onSearch } = props;
  const isFiltered = chips.length > 0 || searchText !== '';
  const pills = <Chips chips={chips} />;
  return (
    <>
      <PageHeader
        title={props.title}
        actions={props.actions}
        below={list.isFirstLoad || list.error !== null ? undefined : <TotalText total={list.total} />}
      />
      {props.tabs}
      <Group px="lg" pb="xs" gap="xs">
        {onSearch !== undefined && (
          <SearchField key={searchText === '' ? 'empty' : 'text'} text={searchText} label={props.searchLabel ?? ''} onSearch={onSearch} />
        )}
        {props.filters}
        {pills}
        <Group gap={4} ml="auto">
          <ViewsMenu name={props.name} />
          <ColumnsMenu name={props.name} columns={props.columns} />
          {props.exportPath === undefined ? (
            <ExportButton title={props.title} list={list} columns={props.columns} />
          ) : (
            <ServerExportButton path={props.exportPath} list={list} />
          )}
        </Group>
      </Group>
      <Group px="lg" gap="sm" align="stretch" wrap="nowrap" style={{ flex: 1, minHeight: 0 }}>
        <DataTable
          {...props}
          label={props.title}
          empty={isFiltered ? <NothingMatches chips={pills} onClear={props.onClearFilters} /> : props.whenEmpty}
        />
        {props.beside}
      </Group>
      <Group px="lg" py={6} gap="sm" mih={32}>
        {props.selection !== undefined && props.selection.ids.size > 0 ? (
          <BulkBar
            count={props.selection.ids.size}
            onClear={() => {
              props.selection?.change(new Set());
              focusRowsOrHeading();
            }}
          >
            {props.bulkActions}
          </BulkBar>
        ) : (
          <LoadedText list={list} />
        )}
      </Group>
    </>
  );
}

const COUNTED_ROWS = 100_000;

function TotalText({ total }: { readonly total: number }): JSX.Element {
  return <>{total >= COUNTED_ROWS ? <Trans>more than {formatUnits(COUNTED_ROWS)}</Trans> : formatUnits(total)}</>;
}

function LoadedText<Row>({ list }: { readonly list: ListQuery<Row> }): JSX.Element | null {
  if (list.rows.length === 0) return null;
  const loaded = formatUnits(list.rows.length);
  return (
    <Text size="xs" c="dimmed">
      <Trans>
        {loaded} of <TotalText total={list.total} /> loaded
      </Trans>
    </Text>
  );
}

function Chips({ chips }: { readonly chips: readonly FilterChip[] }): JSX.Element | null {
  const { t } = useLingui();
  if (chips.length === 0) return null;
  return (
    <Pill.Group gap={6}>
      {chips.map(({ key, label, onRemove }) => (
        <Pill
          key={key}
          withRemoveButton
          onRemove={onRemove}
          removeButtonProps={{ 'aria-label': t`Remove filter ${label}`, tabIndex: 0, 'aria-hidden': false }}
        >
          {label}
        </Pill>
      ))}
    </Pill.Group>
  );
}

interface SearchFieldProps {
  readonly text: string;
  readonly label: string;
  readonly onSearch: (text: string) => void;
}

function SearchField({ text, label, onSearch }: SearchFieldProps): JSX.Element {
  const { t } = useLingui();
  const [value, setValue] = useState(text);
  const search = useDebouncedCallback(onSearch, SEARCH_DELAY_MS);
  return (
    <TextInput
      data-list-search
      aria-label={label}
      placeholder={label}
      value={value}
      w={260}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        value === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={t`Clear search`}
            onClick={() => {
              setValue('');
              onSearch('');
            }}
          />
        )
      }
      onChange={(event) => {
        setValue(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') focusRowsOrHeading();
      }}
    />
  );
}

/** Where the focus goes when what had it gives it up: the rows, else the page's heading. */
function focusRowsOrHeading(): void {
  const target = document.querySelector<HTMLElement>('tr[data-row][tabindex="0"]') ?? document.querySelector<HTMLElement>('main h1');
  target?.focus();
}

function ColumnsMenu<Row>({ name, columns }: { readonly name: string; readonly columns: readonly TableColumn<Row>[] }): JSX.Element {
  const { t } = useLingui();
  const choices = useListChoices();
  const chosen = choices.columns[name];
  const shown = Object.fromEntries(columns.map(({ id, isHidden }) => [id, chosen?.[id] ?? isHidden !== true]));
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconColumns size={14} />}>
          <Trans>Columns</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t`Columns`}>
        {columns.map(({ id, header }) => (
          <Menu.CheckboxItem
            key={id}
            checked={shown[id] === true}
            onChange={() => {
              choices.showColumns(name, { ...shown, [id]: shown[id] !== true });
            }}
          >
            {header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ViewsMenu({ name }: { readonly name: string }): JSX.Element {
  const { t } = useLingui();
  const choices = useListChoices();
  const views = choices.views[name] ?? [];
  const location = useLocation();
  const navigate = useNavigate();
  const [isSaving, setSaving] = useState(false);
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="subtle" color="gray" leftSection={<IconBookmark size={14} />}>
            <Trans>Views</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item key={view.name} onClick={() => void navigate({ href: `${location.pathname}${view.search}` })}>
              {view.name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item
            onClick={() => {
              setSaving(true);
            }}
          >
            <Trans>Save this view…</Trans>
          </Menu.Item>
          {views.map((view) => (
            <Menu.Item key={`forget ${view.name}`} color="var(--ink-red)" onClick={() => choices.forgetView(name, view.name)}>
              {t`Forget “${view.name}”`}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <SaveViewDialog
        opened={isSaving}
        onClose={() => {
          setSaving(false);
        }}
        onSave={(viewName) => {
          choices.saveView(name, { name: viewName, search: location.searchStr });
        }}
      />
    </>
  );
}

/** The server writes the file while the browser saves it. */
function ServerExportButton<Row>({ path, list }: { readonly path: string; readonly list: ListQuery<Row> }): JSX.Element {
  return (
    <Button
      component="a"
      href={`${path}${queryOf(list.asked.filters)}`}
      download
      variant="subtle"
      color="gray"
      leftSection={<IconDownload size={14} />}
    >
      <Trans>Export CSV</Trans>
    </Button>
  );
}

interface ExportButtonProps<Row> {
  readonly title: string;
  readonly list: ListQuery<Row>;
  readonly columns: readonly TableColumn<Row>[];
}

/** Every row that the filters leave, not only those that were scrolled to. */
function ExportButton<Row>({ title, list, columns }: ExportButtonProps<Row>): JSX.Element {
  const { t } = useLingui();
  const [progress, setProgress] = useState<number | null>(null);
  useEffect(() => {
    if (progress === null) return;
    const count = formatUnits(progress);
    notifications.update({ id: 'csv', loading: true, message: t`Exporting… ${count} rows so far`, autoClose: false });
  }, [progress]);
  const save = async (): Promise<void> => {
    notifications.show({ id: 'csv', loading: true, message: t`Exporting…`, autoClose: false });
    setProgress(0);
    try {
      const rows = await readWholeList<Row>(list.asked, setProgress);
      saveCsv(title, csvOf(columns, rows));
      const count = formatUnits(rows.length);
      notifications.update({ id: 'csv', loading: false, message: t`Exported ${count} rows`, autoClose: 3_000 });
    } catch (error) {
      notifications.update({ id: 'csv', loading: false, color: 'red', message: t`The export failed. Try again.`, autoClose: 6_000 });
      if (!(error instanceof Error)) throw error;
    } finally {
      setProgress(null);
    }
  };
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconDownload size={14} />}
      disabled={list.rows.length === 0 || progress !== null}
      onClick={() => void save()}
    >
      <Trans>Export CSV</Trans>
    </Button>
  );
}

interface BulkBarProps {
  readonly count: number;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

function BulkBar({ count, onClear, children }: BulkBarProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Group gap="xs" role="toolbar" aria-label={t`Selected rows`}>
      <Badge variant="filled">
        <Trans>{count} selected</Trans>
      </Badge>
      {children}
      <Button variant="subtle" color="gray" onClick={onClear}>
        <Trans>Clear selection</Trans>
      </Button>
    </Group>
  );
}
