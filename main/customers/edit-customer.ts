import { In } from 'typeorm';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { VALUE_ALREADY_EXIST } from '../../shared/wire/error-codes.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, updateRows } from '../database/rows.ts';
import { customers, subscriptions, type Customer } from '../database/tables/customers.ts';
import { invoices } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { CustomerInput } from './customer-input.ts';
import { findCustomer, upsertCustomerInTransaction } from './customers.ts';

/** Why attributes of a customer may not change any more; null while they may. */
export interface CustomerLocks {
  readonly externalId: 'has_invoices' | 'has_subscriptions' | null;
  readonly currency: 'has_subscriptions' | null;
}

/** The living customer with our own id. */
export function findCustomerById(db: ReadDatabase, organizationId: string, id: string): Result<Customer> {
  const customer = findRow(db, customers, { id, organizationId, deletedAt: null });
  return customer === null ? notFound('customer') : ok(customer);
}

/**
 * What of a customer stays as it is: its external id once it was billed or has a subscription, since callers name it by that; its currency while
 * a subscription is active or pending. Rules: ui.md § 4.2, invoicing.md § 10.
 */
export async function customerLocks(db: ReadDatabase, customerId: string): Promise<CustomerLocks> {
  const isBilled = await db.manager.existsBy(invoices, { customerId });
  const hasSubscriptions = await db.manager.existsBy(subscriptions, { customerId });
  const hasLiving = hasSubscriptions && (await db.manager.existsBy(subscriptions, { customerId, status: In(['active', 'pending']) }));
  return {
    externalId: isBilled ? 'has_invoices' : hasSubscriptions ? 'has_subscriptions' : null,
    currency: hasLiving ? 'has_subscriptions' : null,
  };
}

/** Creates a customer; unlike `upsertCustomer` it never changes one that exists: 422 `external_id: value_already_exist`. */
export function createCustomer(context: ServiceContext, input: CustomerInput, refused: FieldErrors = {}): Promise<Result<Customer>> {
  return context.database.unitOfWork.write('create customer', async (tx) => {
    const isTaken = (await findCustomer(tx, context.organizationId, input.externalId ?? '')) !== null;
    return save(context, tx, { input, refused: { ...(isTaken ? { external_id: [VALUE_ALREADY_EXIST] } : {}), ...refused } });
  });
}

/** Changes the customer with our own id, its external id too while that may change. Errors: 404, 422 by field. */
export function updateCustomerById(
  context: ServiceContext,
  id: string,
  wish: { readonly input: CustomerInput; readonly refused?: FieldErrors },
): Promise<Result<Customer>> {
  return context.database.unitOfWork.write('update customer', async (tx) => {
    const found = findCustomerById(tx, context.organizationId, id);
    if (!found.ok) return found;
    const { externalId: current } = found.value;
    const asked = wish.input.externalId ?? current;
    const errors = asked === current ? {} : await renamingErrors(context, tx, { id, externalId: asked });
    const externalId = hasErrors(errors) ? current : asked;
    if (externalId !== current && externalId.trim() !== '') await updateRows(tx, customers, { where: { id }, set: { externalId } });
    return save(context, tx, { input: { ...wish.input, externalId }, refused: { ...errors, ...wish.refused } });
  });
}

async function renamingErrors(
  context: ServiceContext,
  tx: Transaction,
  renaming: { readonly id: string; readonly externalId: string },
): Promise<FieldErrors> {
  const { externalId: lock } = await customerLocks(tx, renaming.id);
  if (lock !== null) return { external_id: ['value_is_immutable'] };
  const other = await findCustomer(tx, context.organizationId, renaming.externalId);
  return other === null ? {} : { external_id: [VALUE_ALREADY_EXIST] };
}

/** Everything that is wrong is told at once; what was written meanwhile is undone with the transaction. */
async function save(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly input: CustomerInput; readonly refused: FieldErrors },
): Promise<Result<Customer>> {
  const saved = await upsertCustomerInTransaction(context, tx, of.input);
  if (!hasErrors(of.refused)) return saved;
  if (saved.ok) return invalid(of.refused);
  return saved.error.kind === 'validation' ? invalid(mergeFieldErrors(saved.error.fields as FieldErrors, of.refused)) : saved;
}
