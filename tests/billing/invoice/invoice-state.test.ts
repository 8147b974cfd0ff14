import { describe, expect, test } from 'vitest';
import { assertTransition, canBecome, type InvoiceState } from '../../../main/billing/invoice/invoice-state.ts';

const STATES: readonly InvoiceState[] = ['generating', 'draft', 'finalized', 'voided', 'failed', 'closed'];

describe('the life of an invoice', () => {
  test.each<readonly [InvoiceState, readonly InvoiceState[]]>([
    ['generating', ['draft', 'finalized', 'failed', 'closed']],
    ['draft', ['finalized', 'failed', 'closed']],
    ['finalized', ['voided']],
    ['voided', []],
    ['failed', ['draft', 'finalized', 'closed']],
    ['closed', []],
  ])('%s becomes %j and nothing else', (from, expected) => {
    expect(STATES.filter((to) => canBecome(from, to))).toEqual(expected);
  });

  test('a transition that is none is a bug', () => {
    expect(() => assertTransition('finalized', 'draft')).toThrow('an invoice that is finalized can become draft');
    expect(() => assertTransition('draft', 'finalized')).not.toThrow();
  });
});
