import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Box, Checkbox, Menu, Progress, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots } from '@tabler/icons-react';
import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
  type Column,
  type ColumnDef,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent, type ReactNode } from 'react';
import type { ListQuery } from '../list-query.ts';
import { useListChoices } from '../state/list-choices.ts';
import { usePreferences } from '../state/preferences.ts';
import { useRecordOrder } from '../state/record-order.ts';
import classes from './data-table.module.css';
import { ErrorState, LoadingRows } from './states.tsx';
import { copyText } from './copy-text.ts';
import { desktopRow } from './desktop-row.ts';

/** A column of a list. `text` is what copying and CSV take. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** The server's name of the order by this column; without one it cannot be sorted. */
  readonly sortKey?: string;
  readonly width: number;
  /** Takes what the other columns leave. */
  readonly isWide?: boolean;
  readonly isNumber?: boolean;
  /** Not shown until its user wants it. */
  readonly isHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly text: (row: Row) => string;
}

export interface SortOrder {
  readonly by: string;
  readonly direction: 'asc' | 'desc';
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly change: (ids: ReadonlySet<string>) => void;
}

export interface DataTableProps<Row> {
  /** What the table holds, for those who do not see it. */
  readonly label: string;
  /** Under which the user's columns are kept. */
  readonly name: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly list: ListQuery<Row>;
  readonly rowId: (row: Row) => string;
  readonly sort?: SortOrder;
  readonly onSort?: (sort: SortOrder) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** On a desktop: a file of the row goes where it is dropped. */
  readonly onDragOut?: (row: Row) => void;
  /** Space. */
  readonly onQuickLook?: (row: Row) => void;
  readonly rowMenu?: (row: Row) => ReactNode;
  readonly selection?: Selection;
  /** The row that an inspector shows. */
  readonly openId?: string | undefined;
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode;
  /** A fixed height in pixels; without it the table takes what its parent leaves. */
  readonly maxHeight?: number;
}

const features = tableFeatures({ columnVisibilityFeature, columnSizingFeature, columnResizingFeature });
type Features = typeof features;
const ROW_HEIGHTS = { compact: 32, comfortable: 40 } as const;
const LOAD_AHEAD_ROWS = 30;

/** A virtualised list with real table semantics. Rule: ui.md § 3 "List page", § 6. */
export function DataTable<Row>(props: DataTableProps<Row>): JSX.Element {
  const { list, columns, rowId, selection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const density = usePreferences((state) => state.density);
  const table = useColumns(props);
  const shown = table.getVisibleLeafColumns();
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const virtual = useVirtualizer({
    count: list.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHTS[density],
    overscan: 12,
  });
  useEffect(() => {
    virtual.measure();
  }, [density, virtual]);
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const { loadMore } = list;
  useEffect(() => {
    if (last !== undefined && last.index >= list.rows.length - LOAD_AHEAD_ROWS) loadMore();
  }, [last?.index, list.rows.length]);
  useEffect(() => {
    useRecordOrder.setState({ entity: list.asked.entity, ids: list.rows.map(rowId) });
  }, [list.asked.entity, list.rows.length]);

  if (list.error !== null && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.isFirstLoad) return <LoadingRows rows={12} />;
  if (list.rows.length === 0) return <>{props.empty}</>;
  const toggle = (id: string): void => {
    if (selection === undefined) return;
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    selection.change(ids);
  };
  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(index, list.rows.length - 1));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${String(next)}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const row = list.rows[active];
    if (row !== undefined) pressKey(event, { props, row, index: active, moveTo, toggle: () => toggle(rowId(row)) });
  };
  return (
    <Box className={classes['frame']} style={props.maxHeight === undefined ? {} : { maxHeight: props.maxHeight }}>
      {list.isLoading && <Progress value={100} size={2} animated className={classes['progress'] ?? ''} aria-hidden />}
      <div ref={scroller} className={classes['scroller']} tabIndex={-1}>
        <table
          className={classes['table']}
          style={{ minWidth: leastWidth(props, shown) }}
          aria-label={props.label}
          aria-rowcount={list.hasMore ? -1 : list.rows.length + 1}
          aria-busy={list.isLoading}
          data-table={props.name}
        >
          <TableHead props={props} shown={shown} byId={byId} />
          <tbody onKeyDown={onKeyDown}>
            {first !== undefined && first.start > 0 && <tr aria-hidden style={{ height: first.start }} />}
            {items.map(({ index }) => {
              const row = list.rows[index];
              return row === undefined ? null : (
                <TableRow
                  key={rowId(row)}
                  row={row}
                  index={index}
                  props={props}
                  shown={shown.map(({ id }) => byId.get(id)).filter((column) => column !== undefined)}
                  isActive={index === active}
                  onFocus={() => {
                    setActive(index);
                  }}
                  onToggle={() => {
                    toggle(rowId(row));
                  }}
                />
              );
            })}
            {last !== undefined && virtual.getTotalSize() > last.end && (
              <tr aria-hidden style={{ height: virtual.getTotalSize() - last.end }} />
            )}
          </tbody>
        </table>
      </div>
    </Box>
  );
}

const NARROW_PX = 40;
/** A wide column gives way down to this before the table scrolls sideways. */
const LEAST_WIDE_PX = 130;

/** Below this the columns would cut their texts: the table scrolls sideways instead. */
function leastWidth<Row>(props: DataTableProps<Row>, shown: readonly Column<Features, { readonly key: string }>[]): number {
  const wide = new Set(props.columns.filter(({ isWide }) => isWide === true).map(({ id }) => id));
  const narrow = [props.selection, props.rowMenu].filter((one) => one !== undefined).length;
  return shown.reduce(
    (sum, column) => sum + (wide.has(column.id) ? Math.min(column.getSize(), LEAST_WIDE_PX) : column.getSize()),
    narrow * NARROW_PX,
  );
}

/** Which columns are shown, and how wide, as the user last chose. */
function useColumns<Row>({ columns, name }: DataTableProps<Row>) {
  const choices = useListChoices();
  const chosen = choices.columns[name];
  const visibility = Object.fromEntries(columns.map(({ id, isHidden }) => [id, chosen?.[id] ?? isHidden !== true]));
  const sizing = { ...choices.widths[name] };
  const definitions = useMemo<ColumnDef<Features, { readonly key: string }>[]>(
    () => columns.map((column) => ({ id: column.id, size: column.width, minSize: 48 })),
    [columns],
  );
  return useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    state: { columnVisibility: visibility, columnSizing: sizing },
    columnResizeMode: 'onEnd',
    onColumnVisibilityChange: (update) => {
      choices.showColumns(name, typeof update === 'function' ? update(visibility) : update);
    },
    onColumnSizingChange: (update) => {
      choices.setWidths(name, typeof update === 'function' ? update(sizing) : update);
    },
  });
}

/** Rows are virtualised outside of the table's model: it knows columns only. */
const NO_ROWS: { readonly key: string }[] = [];

interface TableHeadProps<Row> {
  readonly props: DataTableProps<Row>;
  readonly shown: readonly Column<Features, { readonly key: string }>[];
  readonly byId: ReadonlyMap<string, TableColumn<Row>>;
}

function TableHead<Row>({ props, shown, byId }: TableHeadProps<Row>): JSX.Element {
  const { list, rowId, selection } = props;
  const { t } = useLingui();
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection !== undefined && (
          <th className={classes['narrow']} scope="col">
            <Checkbox
              size="xs"
              aria-label={t`Select all loaded rows`}
              checked={selection.ids.size > 0 && selection.ids.size === list.rows.length}
              indeterminate={selection.ids.size > 0 && selection.ids.size < list.rows.length}
              onChange={(event) => selection.change(new Set(event.currentTarget.checked ? list.rows.map(rowId) : []))}
            />
          </th>
        )}
        {shown.map((column) => (
          <HeaderCell key={column.id} column={column} of={byId.get(column.id)} sort={props.sort} onSort={props.onSort} />
        ))}
        {props.rowMenu !== undefined && (
          <th className={classes['narrow']} scope="col">
            <span className={classes['unseen']}>
              <Trans>Actions</Trans>
            </span>
          </th>
        )}
      </tr>
    </thead>
  );
}

interface HeaderCellProps<Row> {
  readonly column: Column<Features, { readonly key: string }>;
  readonly of: TableColumn<Row> | undefined;
  readonly sort: SortOrder | undefined;
  readonly onSort: ((sort: SortOrder) => void) | undefined;
}

const RESIZE_STEP_PX = 16;

function HeaderCell<Row>({ column, of, sort, onSort }: HeaderCellProps<Row>): JSX.Element | null {
  const { t } = useLingui();
  if (of === undefined) return null;
  const { header, sortKey } = of;
  const direction = sortKey !== undefined && sort?.by === sortKey ? sort.direction : null;
  const ariaSort = direction === null ? 'none' : direction === 'asc' ? 'ascending' : 'descending';
  const Arrow = direction === 'desc' ? IconArrowDown : IconArrowUp;
  const table = column.table;
  const resize = (step: number): void => {
    table.setColumnSizing((sizes) => ({ ...sizes, [column.id]: Math.max(48, column.getSize() + step) }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') resize(-RESIZE_STEP_PX);
    if (event.key === 'ArrowRight') resize(RESIZE_STEP_PX);
  };
  const resizer = table
    .getFlatHeaders()
    .find((one) => one.column.id === column.id)
    ?.getResizeHandler();
  return (
    <th
      scope="col"
      aria-sort={sortKey === undefined ? undefined : ariaSort}
      className={of.isNumber === true ? classes['right'] : undefined}
      style={of.isWide === true ? {} : { width: column.getSize() }}
    >
      {sortKey === undefined || onSort === undefined ? (
        header
      ) : (
        <UnstyledButton
          className={classes['sort']}
          onClick={() => {
            onSort({ by: sortKey, direction: direction === 'asc' ? 'desc' : 'asc' });
          }}
        >
          {header}
          {direction !== null && <Arrow size={13} aria-hidden />}
        </UnstyledButton>
      )}
      <span
        className={classes['resizer']}
        role="separator"
        aria-orientation="vertical"
        aria-label={t`Width of ${header}`}
        aria-valuenow={column.getSize()}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onMouseDown={resizer}
        onTouchStart={resizer}
      />
    </th>
  );
}

interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly props: DataTableProps<Row>;
  readonly shown: readonly TableColumn<Row>[];
  readonly isActive: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
}

function TableRow<Row>({ row, index, props, shown, isActive, onFocus, onToggle }: TableRowProps<Row>): JSX.Element {
  const { t } = useLingui();
  const id = props.rowId(row);
  const isSelected = props.selection?.ids.has(id) === true || props.openId === id;
  const name = shown[0]?.text(row) ?? '';
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={props.selection === undefined && props.openId === undefined ? undefined : isSelected}
      data-row={index}
      data-selected={isSelected || undefined}
      tabIndex={isActive ? 0 : -1}
      onFocus={onFocus}
      onDoubleClick={() => props.onOpen?.(row)}
      {...desktopRow({ id, onOpen: bound(props.onOpen, row), onDragOut: bound(props.onDragOut, row) })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) onToggle();
        else if (props.onQuickLook !== undefined && !isControl(event.target)) props.onQuickLook(row);
      }}
    >
      {props.selection !== undefined && (
        <td className={classes['narrow']}>
          <Checkbox size="xs" aria-label={t`Select ${name}`} checked={isSelected} onChange={onToggle} tabIndex={-1} />
        </td>
      )}
      {shown.map((column) => (
        <td key={column.id} className={column.isNumber === true ? classes['number'] : undefined} title={column.text(row)}>
          {column.cell(row)}
        </td>
      ))}
      {props.rowMenu !== undefined && (
        <td className={classes['narrow']}>
          <Menu>
            <Menu.Target>
              <ActionIcon size="sm" aria-label={t`Actions for ${name}`}>
                <IconDots size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>{props.rowMenu(row)}</Menu.Dropdown>
          </Menu>
        </td>
      )}
    </tr>
  );
}

function bound<Row>(work: ((row: Row) => void) | undefined, row: Row): (() => void) | undefined {
  return work === undefined
    ? undefined
    : () => {
        work(row);
      };
}

interface Press<Row> {
  readonly props: DataTableProps<Row>;
  readonly row: Row;
  readonly index: number;
  readonly moveTo: (index: number) => void;
  readonly toggle: () => void;
}

/** The keys of a focused row. */
function pressKey<Row>(event: KeyboardEvent<HTMLElement>, press: Press<Row>): void {
  const { props, row, index } = press;
  const isMod = event.metaKey || event.ctrlKey;
  const isOnRow = event.target instanceof HTMLElement && event.target.dataset['row'] !== undefined;
  const works: Readonly<Record<string, () => void>> = {
    ArrowDown: () => press.moveTo(index + 1),
    ArrowUp: () => press.moveTo(index - 1),
    j: () => press.moveTo(index + 1),
    k: () => press.moveTo(index - 1),
    Home: () => press.moveTo(0),
    End: () => press.moveTo(props.list.rows.length - 1),
    PageDown: () => press.moveTo(index + 20),
    PageUp: () => press.moveTo(index - 20),
    ...(isOnRow ? { Enter: () => props.onOpen?.(row), x: press.toggle, ' ': () => props.onQuickLook?.(row) } : {}),
  };
  const work = isMod ? modWork(event.key, press) : works[event.key];
  if (work === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  work();
}

function modWork<Row>(key: string, { props, row }: Press<Row>): (() => void) | undefined {
  if (key === 'Enter') return () => props.onOpen?.(row);
  if (key !== 'c' || (document.getSelection()?.toString() ?? '') !== '') return undefined;
  return () => {
    const { selection, list, rowId, columns } = props;
    const chosen = selection !== undefined && selection.ids.size > 0 ? list.rows.filter((one) => selection.ids.has(rowId(one))) : [row];
    void copyText(chosen.map((one) => columns.map((column) => column.text(one)).join('\t')).join('\n'));
  };
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null;
}
