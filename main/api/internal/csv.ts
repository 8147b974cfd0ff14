import { RawAnswer } from '../route.ts';

/** One column of an export. */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | null;
}

/** Rows are read page by page, as fast as they are taken. */
export interface CsvPages<Row> {
  (after: string | null): { readonly rows: readonly Row[]; readonly next: string | null };
}

/** 200 with all rows as comma-separated text, sent while they are read. */
export function csvAnswer<Row>(fileName: string, columns: readonly CsvColumn<Row>[], readPage: CsvPages<Row>): RawAnswer {
  const encoder = new TextEncoder();
  let after: string | null = null;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      controller.enqueue(encoder.encode(csvLine(columns.map(({ name }) => name))));
    },
    pull: (controller) => {
      const page = readPage(after);
      const lines = page.rows.map((row) => csvLine(columns.map(({ value }) => value(row) ?? '')));
      controller.enqueue(encoder.encode(lines.join('')));
      after = page.next;
      if (after === null) controller.close();
    },
  });
  return new RawAnswer(stream, 'text/csv; charset=utf-8', fileName);
}

/** A spreadsheet takes text that begins so for a formula: names come from customers. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
