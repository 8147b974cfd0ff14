import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectBooksBalance } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { customer, invoicesOf, listen, readWallet, subscription, wallet, walletMessages } from '../support/wallet-stories.ts';

describe('the end of a wallet', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine();
    await app.moveClock('2023-01-01T00:00:00Z');
    await customer(app);
  });
  afterEach(async () => {
    expectBooksBalance(app);
    await app.close();
  });

  it('comes at its time, before anything else of that instant', async () => {
    await listen(app);
    const expiring = await wallet(app, { granted_credits: '10', expiration_at: '2023-02-01T00:00:00Z' });
    const staying = await wallet(app, { granted_credits: '10', expiration_at: '2023-02-01T00:00:01Z' });
    await subscription(app, { amountCents: 3000 });
    await app.moveClock('2023-02-03T00:00:00Z');
    expect(await invoicesOf(app, 'issuing_date_from=2023-02-01')).toMatchObject([{ prepaid_credit_amount_cents: 1000 }]);
    expect(await readWallet(app, expiring)).toMatchObject({
      status: 'terminated',
      terminated_at: '2023-02-01T00:00:00Z',
      balance_cents: 1000,
    });
    expect(await readWallet(app, staying)).toMatchObject({ status: 'terminated', terminated_at: '2023-02-01T00:00:01Z', balance_cents: 0 });
    expect(walletMessages(app).filter(({ type }) => type === 'wallet.terminated')).toHaveLength(2);
  });

  it('comes with the end of its customer, after the last invoices', async () => {
    await app.moveClock('2023-01-10T12:00:00Z');
    await subscription(app, { amountCents: 3100 });
    const id = await wallet(app, { granted_credits: '50' });
    await app.moveClock('2023-01-20T12:00:00Z');
    expect((await app.api.delete('/customers/c1')).status).toBe(200);
    expect(await readWallet(app, id)).toMatchObject({ status: 'terminated', balance_cents: 3900, terminated_at: '2023-01-20T12:00:00Z' });
  });

  it('makes room for another one', async () => {
    for (let count = 0; count < 6; count += 1) await wallet(app, { expiration_at: '2023-02-01T00:00:00Z' });
    await app.moveClock('2023-02-01T00:00:00Z');
    expect(await readWallet(app, await wallet(app))).toMatchObject({ status: 'active', code: 'default' });
  });
});
