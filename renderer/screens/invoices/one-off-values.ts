import { centsOfAmount, decimalTextOf } from '../../format/amount-text.ts';

/** One line as it is typed. */
export interface OneOffFee {
  /** Tells the lines apart while they are moved and removed. */
  readonly key: string;
  readonly add_on_code: string;
  readonly units: string;
  /** In units of the currency; empty: the add-on's own. */
  readonly unit_amount: string;
  readonly invoice_display_name: string;
  readonly description: string;
  readonly tax_codes: string[];
  readonly from_datetime: string;
  readonly to_datetime: string;
}

export interface OneOffValues extends Record<string, unknown> {
  readonly external_customer_id: string;
  /** Empty: the customer's. */
  readonly currency: string;
  readonly purchase_order_number: string;
  readonly skip_psp: boolean;
  readonly fees: OneOffFee[];
}

export function emptyFee(): OneOffFee {
  return {
    key: crypto.randomUUID(),
    add_on_code: '',
    units: '1',
    unit_amount: '',
    invoice_display_name: '',
    description: '',
    tax_codes: [],
    from_datetime: '',
    to_datetime: '',
  };
}

export function newOneOff(): OneOffValues {
  return { external_customer_id: '', currency: '', purchase_order_number: '', skip_psp: false, fees: [emptyFee()] };
}

const UNITS = /^\d{1,15}(\.\d{1,15})?$/;

export function isUnits(typed: string): boolean {
  return UNITS.test(decimalTextOf(typed));
}

/** The body of `POST /invoices`; null while something is missing. `currency` is the one in which amounts are typed. */
export function requestOf(values: OneOffValues, currency: string): object | null {
  const fees = values.fees.map((fee) => feeRequest(fee, currency));
  if (values.external_customer_id === '' || fees.length === 0 || fees.includes(null)) return null;
  return {
    external_customer_id: values.external_customer_id,
    ...(values.currency === '' ? {} : { currency: values.currency }),
    ...(values.purchase_order_number === '' ? {} : { purchase_order_number: values.purchase_order_number }),
    skip_psp: values.skip_psp,
    fees,
  };
}

function feeRequest(fee: OneOffFee, currency: string): object | null {
  const units = decimalTextOf(fee.units);
  const unitAmountCents = fee.unit_amount.trim() === '' ? undefined : centsOfAmount(fee.unit_amount, currency);
  if (fee.add_on_code === '' || !isUnits(fee.units) || unitAmountCents === null) return null;
  return {
    add_on_code: fee.add_on_code,
    units,
    ...(unitAmountCents === undefined ? {} : { unit_amount_cents: unitAmountCents }),
    ...(fee.invoice_display_name === '' ? {} : { invoice_display_name: fee.invoice_display_name }),
    ...(fee.description === '' ? {} : { description: fee.description }),
    ...(fee.tax_codes.length === 0 ? {} : { tax_codes: fee.tax_codes }),
    ...(fee.from_datetime === '' ? {} : { from_datetime: `${fee.from_datetime}T00:00:00Z` }),
    ...(fee.to_datetime === '' ? {} : { to_datetime: `${fee.to_datetime}T23:59:59Z` }),
  };
}

/** Where a field of the wire stands in the form. */
export function pathOf(wirePath: string): string | null {
  return wirePath
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .replace('unit_amount_cents', 'unit_amount')
    .replace(/^boundaries$/, 'fees.0.from_datetime');
}
