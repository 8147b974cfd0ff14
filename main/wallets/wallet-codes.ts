import type { ReadDatabase } from '../database/read-database.ts';

/** Whether an active wallet of the customer has this code. */
export function isCodeTaken(
  db: ReadDatabase,
  of: { readonly customerId: string; readonly code: string; readonly exceptId?: string },
): boolean {
  const row = db
    .select<{ id: string }>(`SELECT "id" FROM "wallets" WHERE "customer_id" = ? AND "code" = ? AND "status" = 'active' AND "id" <> ?`)
    .get(of.customerId, of.code, of.exceptId ?? '');
  return row !== undefined;
}

/** The code of a wallet that came without one: its name in snake case, else `default`, with `_2`, `_3` … when taken. Rule: invoicing.md § 8. */
export function freeCode(db: ReadDatabase, of: { readonly customerId: string; readonly name: string | null }): string {
  const base = snakeCase(of.name ?? '') || 'default';
  let code = base;
  for (let number = 2; isCodeTaken(db, { customerId: of.customerId, code }); number += 1) code = `${base}_${String(number)}`;
  return code;
}

/** `Main Wallet (EU)` → `main_wallet_eu`. */
function snakeCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
