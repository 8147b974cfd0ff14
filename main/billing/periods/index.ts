// Owns: which period a day belongs to, the days in it, where usage begins and ends, and when a trial is over.
// Does not own: what is billed when (billing/occasions) or prices (billing/pricing, billing/fees).
// Start reading at period-grid.ts, then charge-period.ts.
export * from './charge-period.ts';
export * from './period-grid.ts';
export * from './trial.ts';
