import type { Decimal } from '../../shared/decimal.ts';
import { ensureVatTax, writeOwnedTaxes } from '../catalog/index.ts';
import { customerTaxes, type Tax } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { readCustomerTaxes } from './applicable-taxes.ts';

const MANAGED_CODE = /^vat_\d+(\.\d+)?$/;

/** The 2022 alias: one managed tax named VAT, code `vat_<rate>`; 0 or null removes it. Rule: invoicing.md § 6. */
export async function applyCustomerVatRate(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly customerId: string; readonly rate: Decimal | null },
): Promise<void> {
  const { customerId, rate } = change;
  const others = (await readCustomerTaxes(tx, customerId)).filter((tax) => !isManaged(tax));
  const managed =
    rate === null || rate.isZero()
      ? []
      : [await ensureVatTax(context, tx, { code: `vat_${rate.toFixed()}`, rate, appliedToOrganization: false })];
  await writeOwnedTaxes(tx, customerTaxes, { ownerId: customerId, taxes: [...others, ...managed] });
}

function isManaged(tax: Tax): boolean {
  return tax.name === 'VAT' && MANAGED_CODE.test(tax.code);
}
