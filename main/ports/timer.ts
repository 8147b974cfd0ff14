/** Waits of real time: retries and time limits. What is due by the books is no timer's business. */
export interface Timer {
  /** Does the work once, after so many milliseconds. Calling the answer takes it back. */
  after(delayMs: number, work: () => void): () => void;
}
