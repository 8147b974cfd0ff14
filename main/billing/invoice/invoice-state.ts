import { assert } from '../../../shared/assert.ts';

export type InvoiceState = 'generating' | 'draft' | 'finalized' | 'voided' | 'failed' | 'closed';

/** The whole life of an invoice; nothing else happens to one. Rule: invoicing.md § 2 "Transitions". */
const TRANSITIONS: Readonly<Record<InvoiceState, readonly InvoiceState[]>> = {
  generating: ['draft', 'finalized', 'closed', 'failed'],
  draft: ['finalized', 'closed', 'failed'],
  failed: ['draft', 'finalized', 'closed'],
  finalized: ['voided'],
  voided: [],
  closed: [],
};

export function canBecome(from: InvoiceState, to: InvoiceState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** Asserts a transition that the caller has checked already; any other is a bug. */
export function assertTransition(from: InvoiceState, to: InvoiceState): void {
  assert(canBecome(from, to), `an invoice that is ${from} can become ${to}`);
}
