import { freshKey, type TierValues } from './plan-values.ts';

const COLUMNS = ['to', 'price', 'flat'] as const;
export type TierColumn = (typeof COLUMNS)[number];

/** Cells that mean "no end". */
const OPEN_END = /^(∞|inf(inity)?|\+|and more|or more|max|null|-)$/i;

/** Rows of a spreadsheet as they were copied; null for a plain text, which is pasted as it is. */
export function cellsOf(text: string): readonly (readonly string[])[] | null {
  const lines = text.replaceAll('\r', '').replace(/\n+$/, '').split('\n');
  if (lines.length === 1 && !text.includes('\t')) return null;
  const split = lines.map((line) => line.split('\t').map(bareCell));
  const plainCell = split.flat().some((cell) => DECIMAL_COMMA.test(cell)) ? plainOfComma : plainOfPoint;
  const all = split.map((row) => row.map((cell) => (OPEN_END.test(cell) ? '' : plainCell(cell))));
  // The names of the columns are copied along often.
  const rows = all.length > 1 && all[0]?.every((cell) => !/\d/.test(cell)) === true ? all.slice(1) : all;
  // Four columns begin with "from", which follows by itself.
  return rows.map((row) => (row.length > COLUMNS.length ? row.slice(1, COLUMNS.length + 1) : row));
}

/** Without signs and spaces: `$1,234.50` is `1,234.50`. */
function bareCell(cell: string): string {
  return cell.trim().replaceAll(/[\s\u00a0\u202f%]|\p{Sc}/gu, '');
}

/** A cell that can only mean a decimal comma: `0,05`, `1.234,50`. Then every cell of the paste is written that way. */
const DECIMAL_COMMA = /^(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{1,3}(\.\d{3})+,\d+)$/;

/** `1,234.50` is `1234.50`; a cell that is no number stays as it is, and is then marked as wrong. */
function plainOfPoint(cell: string): string {
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(cell) ? cell.replaceAll(',', '') : cell;
}

/** `1.234,50` is `1234.50`. */
function plainOfComma(cell: string): string {
  return /^(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(cell) ? cell.replaceAll('.', '').replace(',', '.') : cell;
}

/** Puts cells into the tiers from one field on; tiers that are missing are added, and the last one stays open. */
export function pasteTiers(
  tiers: readonly TierValues[],
  at: { readonly row: number; readonly column: TierColumn },
  cells: readonly (readonly string[])[],
): readonly TierValues[] {
  const first = COLUMNS.indexOf(at.column);
  const pasted = [...tiers];
  cells.forEach((row, offset) => {
    const index = at.row + offset;
    const tier = pasted[index] ?? { key: freshKey(), to: '', price: '', flat: '' };
    const given = row.flatMap((cell, position) => {
      const column = COLUMNS[first + position];
      return column === undefined ? [] : [[column, cell] as const];
    });
    pasted[index] = { ...tier, ...Object.fromEntries(given) };
  });
  const last = pasted.at(-1);
  return last === undefined || last.to === '' ? pasted : [...pasted, { key: freshKey(), to: '', price: '', flat: '' }];
}
