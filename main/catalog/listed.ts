/** One page of a list, and how many rows the whole list has. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly totalCount: number;
}
