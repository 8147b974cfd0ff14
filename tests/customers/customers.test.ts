import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTax } from '../../main/catalog/index.ts';
import {
  applicableTaxes,
  customerTimeZone,
  findCustomer,
  readCustomer,
  setCurrencyWhenEmpty,
  upsertCustomer,
  upsertCustomerInTransaction,
  type CustomerInput,
} from '../../main/customers/index.ts';
import { updateOrganization } from '../../main/organization/index.ts';
import { currencyCode } from '../../shared/currency.ts';
import { decimal } from '../../shared/decimal.ts';
import { invalid } from '../../shared/result.ts';
import { Books } from '../support/books.ts';
import { valueOf } from '../support/value-of.ts';

describe('customers', () => {
  let books: Books;
  beforeEach(async () => {
    books = await Books.open('2023-02-15T12:00:00Z');
  });
  afterEach(() => books.close());

  const upsert = async (input: CustomerInput) => valueOf(await upsertCustomer(books.context, input));
  const taxCodes = async (customerId: string) => {
    const { read } = books.context.database;
    return (await applicableTaxes(read, await readCustomer(read, customerId))).map((tax) => tax.code);
  };

  it('is found or made inside a transaction, which a refusal undoes', async () => {
    const { unitOfWork, read } = books.context.database;
    const ids = await unitOfWork.write('two finds', async (tx) => {
      const made = valueOf(await upsertCustomerInTransaction(books.context, tx, { externalId: 'acme' }));
      const found = valueOf(await upsertCustomerInTransaction(books.context, tx, { externalId: 'acme' }));
      return [made.id, found.id];
    });
    expect(ids[0]).toBe(ids[1]);
    await unitOfWork.write('refused', async (tx) => {
      await upsertCustomerInTransaction(books.context, tx, { externalId: 'other' });
      return invalid({ plan: ['no'] });
    });
    expect(await findCustomer(read, books.context.organizationId, 'other')).toBeNull();
  });

  it('tells external ids apart by case', async () => {
    await upsert({ externalId: 'acme' });
    expect(await findCustomer(books.context.database.read, books.context.organizationId, 'ACME')).toBeNull();
  });

  it('keeps its time of change when nothing is said', async () => {
    await upsert({ externalId: 'acme' });
    books.now = books.now.add({ hours: 1 });
    expect((await upsert({ externalId: 'acme' })).updatedAt.toString()).toBe('2023-02-15T12:00:00Z');
    expect((await upsert({ externalId: 'acme', name: 'Acme' })).updatedAt.toString()).toBe('2023-02-15T13:00:00Z');
  });

  it('gets the currency of its first purchase and keeps it', async () => {
    const customer = await upsert({ externalId: 'acme' });
    const set = (currency: string) =>
      books.context.database.unitOfWork.write('set currency', async (tx) =>
        setCurrencyWhenEmpty(books.context, tx, { customer: await readCustomer(tx, customer.id), currency: currencyCode(currency) }),
      );
    expect((await set('EUR')).currency).toBe('EUR');
    expect((await set('USD')).currency).toBe('EUR');
  });

  it('pays its own taxes, else those that apply to everyone', async () => {
    for (const [code, appliedToOrganization] of [
      ['own', false],
      ['all', true],
      ['every', true],
    ] as const) {
      valueOf(await createTax(books.context, { name: code, code, rate: decimal(10), appliedToOrganization }));
    }
    const customer = await upsert({ externalId: 'acme' });
    expect(await taxCodes(customer.id)).toEqual(['all', 'every']);
    await upsert({ externalId: 'acme', taxCodes: ['own'] });
    expect(await taxCodes(customer.id)).toEqual(['own']);
  });

  it('shares the managed tax of a rate of 2022 and keeps its other taxes', async () => {
    valueOf(await createTax(books.context, { name: 'City', code: 'city', rate: decimal(1) }));
    const customer = await upsert({ externalId: 'acme', taxCodes: ['city'], vatRate: decimal(20) });
    const other = await upsert({ externalId: 'other', vatRate: decimal(20) });
    expect(await taxCodes(customer.id)).toEqual(['city', 'vat_20']);
    await upsert({ externalId: 'acme', vatRate: decimal('5.5') });
    expect(await taxCodes(customer.id)).toEqual(['city', 'vat_5.5']);
    await upsert({ externalId: 'acme', vatRate: null });
    expect(await taxCodes(customer.id)).toEqual(['city']);
    expect(await taxCodes(other.id)).toEqual(['vat_20']);
  });

  it("lives in its own zone, else in the organization's", async () => {
    const organization = valueOf(await updateOrganization(books.context, { timezone: 'Europe/Paris' })).organization;
    const customer = await upsert({ externalId: 'acme' });
    expect(customerTimeZone(customer, organization)).toBe('Europe/Paris');
    expect(customerTimeZone({ timezone: 'Asia/Karachi' }, organization)).toBe('Asia/Karachi');
  });
});
