import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { Page } from '../../shared/page.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { customers } from '../database/tables/customers.ts';
import { recurringTransactionRules, wallets, type Wallet } from '../database/tables/wallets.ts';
import type { ServiceContext } from '../service-context.ts';
import type { WalletDetails } from './wallets.ts';

export interface WalletFilter {
  readonly customerId?: string | undefined;
  readonly currency?: CurrencyCode | undefined;
}

/** Wallets, active and terminated, newest first. */
export async function listWallets(
  context: ServiceContext,
  filter: WalletFilter,
  page: Page,
): Promise<{ readonly rows: readonly WalletDetails[]; readonly totalCount: number }> {
  const db = context.database.read;
  const { customerId, currency } = filter;
  const [rows, totalCount] = await db.manager.findAndCount(wallets, {
    where: {
      organizationId: context.organizationId,
      ...(customerId === undefined ? {} : { customerId }),
      ...(currency === undefined ? {} : { currency }),
    },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows: await withDetails(db, rows), totalCount };
}

async function withDetails(db: ReadDatabase, rows: readonly Wallet[]): Promise<readonly WalletDetails[]> {
  if (rows.length === 0) return [];
  const rules = await db.manager.find(recurringTransactionRules, { where: { walletId: In(rows.map((wallet) => wallet.id)) } });
  const owners = await db.manager.find(customers, {
    select: { id: true, externalId: true },
    where: { id: In([...new Set(rows.map((wallet) => wallet.customerId))]) },
  });
  const ruleOf = new Map(rules.map((rule) => [rule.walletId, rule]));
  const externalIdOf = new Map(owners.map((owner) => [owner.id, owner.externalId]));
  return rows.map((wallet) => ({
    wallet,
    externalCustomerId: present(externalIdOf.get(wallet.customerId), 'a wallet has its customer'),
    rule: ruleOf.get(wallet.id) ?? null,
  }));
}
