/** A row of `GET /api/internal/lists/taxes`. */
export interface TaxRow {
  readonly lago_id: string;
  readonly name: string;
  readonly code: string;
  /** Per cent, decimal text. */
  readonly rate: string;
  readonly description: string | null;
  readonly applied_to_organization: boolean;
  readonly customers_count: number;
  readonly created_at: string;
}
