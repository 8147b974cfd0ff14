import { found, missing, refused, type Answer } from './answers.ts';
import { listAnswer, type Customer, type FakeBooks, type PaymentMethod } from './books.ts';
import { objectAt, pairsAt, textAt, type Form } from './form.ts';

export function createCustomer(books: FakeBooks, form: Form, id = books.nextId('cus')): Customer {
  const customer: Customer = {
    id,
    object: 'customer',
    created: books.now(),
    livemode: false,
    name: null,
    email: null,
    phone: null,
    address: null,
    metadata: {},
    default_source: null,
    invoice_settings: { default_payment_method: null },
  };
  writeCustomer(customer, form);
  books.customers.set(id, customer);
  return customer;
}

function writeCustomer(customer: Customer, form: Form): void {
  for (const name of ['name', 'email', 'phone'] as const) {
    const value = textAt(form, name);
    if (value !== null) customer[name] = value === '' ? null : value;
  }
  if (Object.keys(objectAt(form, 'address')).length > 0) customer.address = pairsAt(form, 'address');
  customer.metadata = { ...customer.metadata, ...pairsAt(form, 'metadata') };
  const method = textAt(form, 'invoice_settings', 'default_payment_method');
  if (method !== null) customer.invoice_settings = { default_payment_method: method === '' ? null : method };
}

/** Changes a customer, with the event that tells of it. */
export function updateCustomer(books: FakeBooks, id: string, form: Form): Answer {
  const customer = books.customers.get(id);
  if (customer === undefined || customer.deleted === true) return missing('customer', id);
  const before = structuredClone(customer);
  const method = textAt(form, 'invoice_settings', 'default_payment_method');
  if (method !== null && method !== '' && books.methods.get(method)?.customer !== id) {
    return refused(400, { code: 'resource_missing', message: `No such PaymentMethod: '${method}'` });
  }
  writeCustomer(customer, form);
  books.emit('customer.updated', customer, { invoice_settings: before.invoice_settings, name: before.name, email: before.email });
  return found(customer);
}

export function retrieveCustomer(books: FakeBooks, id: string): Answer {
  const customer = books.customers.get(id);
  if (customer === undefined) return missing('customer', id);
  return found(customer.deleted === true ? { id, object: 'customer', deleted: true } : customer);
}

export function listCustomers(books: FakeBooks, query: Form): Answer {
  const email = textAt(query, 'email');
  const rows = [...books.customers.values()].filter((one) => one.deleted !== true && (email === null || one.email === email));
  return listAnswer(rows, query, '/v1/customers');
}

/** Gives a customer a payment method. What it does when it is charged is in its id: `pm_card_visa`, `pm_decline`, … */
export function attachMethod(books: FakeBooks, customerId: string, id: string): PaymentMethod {
  const method: PaymentMethod = {
    id,
    object: 'payment_method',
    created: books.now(),
    livemode: false,
    type: 'card',
    card: { brand: 'visa', display_brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2040 },
    customer: customerId,
  };
  books.methods.set(id, method);
  books.emit('payment_method.attached', method);
  return method;
}

/** Takes a payment method away from its customer. */
export function detachMethod(books: FakeBooks, id: string): void {
  const method = books.methods.get(id);
  if (method === undefined) throw new Error(`there is no payment method ${id}`);
  const customer = method.customer;
  const owner = customer === null ? undefined : books.customers.get(customer);
  if (owner?.invoice_settings.default_payment_method === id) owner.invoice_settings = { default_payment_method: null };
  method.customer = null;
  books.emit('payment_method.detached', method, { customer });
}

export function retrieveMethod(books: FakeBooks, id: string, customerId?: string): Answer {
  const method = books.methods.get(id);
  if (method === undefined || (customerId !== undefined && method.customer !== customerId)) return missing('PaymentMethod', id);
  return found(method);
}

export function listMethods(books: FakeBooks, customerId: string, query: Form): Answer {
  const rows = [...books.methods.values()].filter((method) => method.customer === customerId);
  return listAnswer(rows, query, `/v1/customers/${customerId}/payment_methods`);
}
