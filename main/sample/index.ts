/**
 * Owns: the sample company: what it sells, who its customers are, how they use it, and how its books come in and go out again.
 * Does not own: anything that is done with them; invoices and all the rest come from the services that always make them.
 * Start reading at: sample-company.ts, then history.ts.
 */
export { SampleCompany, type SampleParts } from './sample-company.ts';
