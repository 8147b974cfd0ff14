/** How far a sample company has been loaded. */
export interface SampleProgress {
  readonly done: number;
  readonly total: number;
}

/** `GET /api/internal/sample`. */
export interface SampleAnswer {
  /** The books are those of the sample company. */
  readonly is_loaded: boolean;
  /** The books are empty: the sample company may be loaded into them. */
  readonly can_load: boolean;
  /** Days of its history while it is being loaded. */
  readonly progress: SampleProgress | null;
}
