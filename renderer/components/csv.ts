import { saveFile } from './save-file.ts';

interface CsvColumn<Row> {
  readonly header: string;
  readonly text: (row: Row) => string;
}

/** A spreadsheet would compute a cell that begins so: a quote before it makes it a text. Numbers are left alone. */
function safeCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,\s]+%?$/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as a CSV file's text (RFC 4180), with a byte order mark so that spreadsheets read the letters right. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ header }) => header), ...rows.map((row) => columns.map(({ text }) => text(row)))];
  return `\uFEFF${lines.map((cells) => cells.map((cell) => quoted(safeCell(cell))).join(',')).join('\r\n')}\r\n`;
}

export function saveCsv(name: string, text: string): void {
  saveFile(new Blob([text], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}
