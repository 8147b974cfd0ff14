import type { ReactElement } from 'react';
import { box, boxWith, cell, line, paragraph, type Style } from './document-elements.ts';
import type { DocumentFormat } from './document-format.ts';
import { styles } from './document-styles.ts';
import type { FeeRow } from './fee-rows.ts';

/** The rows of one billing period, under its dates. */
export interface FeeGroup {
  /** "Fees from … to …"; empty prints no band. */
  readonly title: string;
  readonly rows: readonly FeeRow[];
}

export interface FeeTableContent {
  readonly groups: readonly FeeGroup[];
  /** What the columns of units and unit price are headed; null where amounts stand without them. */
  readonly unitTitles: { readonly units: string; readonly unitPrice: string } | null;
  readonly total?: { readonly label: string; readonly amount: string };
}

interface ColumnStyles {
  readonly units: Style;
  readonly unitPrice: Style;
  readonly taxRate: Style;
  readonly amount: Style;
}

/** Rows beyond this are let break over pages: an unbroken one taller than a page would be cut, also in wide letters and a narrow column. */
const UNBROKEN_LETTERS = 400;
const UNBROKEN_LINES = 15;
/** A heading never stands alone at the foot of a page: room for the head's next row. */
const ROOM_FOR_A_ROW = 44;

export function feeTable(content: FeeTableContent, format: DocumentFormat): ReactElement {
  const columns = columnStyles(content);
  return box(
    styles.section,
    tableHead(content, columns, format),
    ...content.groups.flatMap(({ title, rows }) => [
      title === '' ? null : boxWith({ isUnbroken: true, keepAhead: ROOM_FOR_A_ROW }, styles.period, line({}, title)),
      ...rows.map((row, index) => tableRow(row, rows[index + 1], { columns, hasUnits: content.unitTitles !== null })),
    ]),
    content.total === undefined ? null : totalRow(content.total, columns),
  );
}

function tableHead({ unitTitles }: FeeTableContent, columns: ColumnStyles, { texts }: DocumentFormat): ReactElement {
  return boxWith(
    { isUnbroken: true, isRepeated: true, keepAhead: ROOM_FOR_A_ROW },
    styles.tableHead,
    cell(styles.itemCell, texts.item),
    unitTitles === null ? null : cell(columns.units, unitTitles.units),
    unitTitles === null ? null : cell(columns.unitPrice, unitTitles.unitPrice),
    cell(columns.taxRate, texts.taxRate),
    cell(columns.amount, texts.amountExcludingTax),
  );
}

interface RowContext {
  readonly columns: ColumnStyles;
  readonly hasUnits: boolean;
}

function tableRow(row: FeeRow, next: FeeRow | undefined, { columns, hasUnits }: RowContext): ReactElement {
  const isPart = row.kind === 'part';
  const hasPartBelow = next?.kind === 'part';
  const item = isPart ? styles.partItemCell : styles.itemCell;
  const isLong = [row.label, ...row.notes].join('').length > UNBROKEN_LETTERS || row.notes.join('\n').split('\n').length > UNBROKEN_LINES;
  const plain = isPart ? (hasPartBelow ? styles.partRow : styles.lastPartRow) : hasPartBelow ? styles.rowBeforeParts : styles.tableRow;
  return boxWith(
    { isUnbroken: !isLong, ...(hasPartBelow && !isPart ? { keepAhead: ROOM_FOR_A_ROW / 2 } : {}) },
    hasPartBelow ? plain : [plain, styles.ruled],
    row.notes.length === 0
      ? cell(item, row.label)
      : box(item, line({}, row.label), ...row.notes.map((note) => paragraph(styles.note, note))),
    hasUnits ? cell(columns.units, row.units) : null,
    hasUnits ? cell(columns.unitPrice, row.unitPrice) : null,
    cell(columns.taxRate, row.taxRate),
    cell(columns.amount, row.amount),
  );
}

function totalRow(total: { readonly label: string; readonly amount: string }, columns: ColumnStyles): ReactElement {
  return boxWith(
    { isUnbroken: true },
    styles.tableTotalRow,
    cell(styles.itemCell, total.label),
    cell({ ...columns.amount, width: 'auto' }, total.amount),
  );
}

/** Columns are as wide as their longest text needs, within bounds, so that long prices do not break where short ones are usual. */
function columnStyles({ groups, total }: FeeTableContent): ColumnStyles {
  const rows = groups.flatMap((group) => group.rows);
  const widthFor = (texts: readonly string[], narrowest: number, widest: number): Style => {
    const letters = Math.max(0, ...texts.map((text) => text.length));
    return { ...styles.numberCell, width: Math.min(widest, Math.max(narrowest, letters * 5.3 + 12)), paddingLeft: 8 };
  };
  return {
    units: widthFor(
      rows.map((row) => row.units),
      62,
      96,
    ),
    unitPrice: widthFor(
      rows.map((row) => row.unitPrice),
      78,
      122,
    ),
    taxRate: widthFor(
      rows.map((row) => row.taxRate),
      54,
      70,
    ),
    amount: widthFor([...rows.map((row) => row.amount), total?.amount ?? ''], 92, 130),
  };
}
