import { present } from '../../shared/assert.ts';
import type { Cents } from '../../shared/money.ts';
import type { FieldErrors } from '../../shared/result.ts';
import { deleteRows, insertRow, updateRows } from '../database/rows.ts';
import { commitmentTaxes, minimumCommitments, type MinimumCommitment, type Tax } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { writeOwnedTaxes } from './owned-taxes.ts';

/** The least that a plan's fees come to; an absent key leaves the attribute as it is. */
export interface CommitmentInput {
  readonly amountCents?: Cents | null;
  readonly invoiceDisplayName?: string | null;
  readonly taxCodes?: readonly string[] | null;
}

/** Whether the request takes the commitment away: null, or an object that says nothing. */
export function removesCommitment(input: CommitmentInput | null): boolean {
  return input === null || Object.values(input).every((value) => value === undefined);
}

export function commitmentErrors(input: CommitmentInput | null | undefined, existing: MinimumCommitment | null): FieldErrors {
  if (input === undefined || input === null || removesCommitment(input)) return {};
  const { amountCents } = input;
  if (amountCents === null || (amountCents === undefined && existing === null)) return { amount_cents: ['value_is_mandatory'] };
  return amountCents !== undefined && amountCents <= 0n ? { amount_cents: ['value_is_out_of_range'] } : {};
}

/** Sets, changes or removes the plan's commitment. Undefined taxes stay as they are. */
export async function writeCommitment(
  context: ServiceContext,
  tx: Transaction,
  target: {
    readonly planId: string;
    readonly input: CommitmentInput | null;
    readonly existing: MinimumCommitment | null;
    readonly taxes: readonly Tax[] | undefined;
  },
): Promise<void> {
  const { planId, input, existing, taxes } = target;
  if (input === null || removesCommitment(input)) {
    if (existing === null) return;
    await deleteRows(tx, commitmentTaxes, { ownerId: existing.id });
    await deleteRows(tx, minimumCommitments, { id: existing.id });
    return;
  }
  const now = context.clock.now();
  const id = existing?.id ?? context.random.uuid();
  const set = {
    amountCents: present(input.amountCents ?? existing?.amountCents, 'the amount of a commitment was checked'),
    invoiceDisplayName: input.invoiceDisplayName === undefined ? (existing?.invoiceDisplayName ?? null) : input.invoiceDisplayName,
    updatedAt: now,
  };
  if (existing === null) await insertRow(tx, minimumCommitments, { ...set, id, planId, createdAt: now });
  else await updateRows(tx, minimumCommitments, { where: { id }, set });
  if (taxes !== undefined) await writeOwnedTaxes(tx, commitmentTaxes, { ownerId: id, taxes });
}
