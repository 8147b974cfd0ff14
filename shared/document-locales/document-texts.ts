/**
 * Every text that a document prints by itself. A language that lacks one does not compile.
 * `{name}` marks a place that is filled in; the tests check that each language fills the same places.
 */
export interface DocumentTexts {
  readonly invoice: string;
  /** Title in the countries whose law asks for it. */
  readonly taxInvoice: string;
  /** Title of the purchase of wallet credits. */
  readonly advanceInvoice: string;
  readonly creditNote: string;

  readonly invoiceNumber: string;
  readonly creditNoteNumber: string;
  readonly purchaseOrderNumber: string;
  readonly issueDate: string;
  readonly paymentTerm: string;
  readonly paymentTermOneDay: string;
  /** {days} */
  readonly paymentTermDays: string;
  readonly from: string;
  readonly billTo: string;
  /** {number} */
  readonly legalNumber: string;
  /** {number} */
  readonly taxIdentificationNumber: string;
  /** {date} */
  readonly due: string;

  readonly item: string;
  readonly subscription: string;
  readonly period: string;
  readonly units: string;
  readonly unitPrice: string;
  readonly credits: string;
  readonly ratePerCredit: string;
  readonly taxRate: string;
  readonly amountExcludingTax: string;
  /** {from} {to} */
  readonly feesFromTo: string;
  /** {from} {to} */
  readonly fromTo: string;
  /** {subscription} */
  readonly detailsOf: string;
  /** {subscription} */
  readonly totalOf: string;

  readonly subscriptionFee: string;
  readonly usage: string;
  readonly minimumCommitment: string;
  readonly addOn: string;
  readonly walletCredits: string;
  /** Follows the name of the charge or of the commitment. */
  readonly trueUp: string;
  readonly proratedNote: string;
  /** A pricing group without a value. */
  readonly noValue: string;

  /** {to} */
  readonly firstUnits: string;
  /** {from} {to} */
  readonly unitsFromTo: string;
  /** {from} */
  readonly unitsFrom: string;
  readonly allUnits: string;
  readonly flatFee: string;
  readonly freeUnits: string;
  /** {size} */
  readonly packagesOf: string;
  /** {rate} */
  readonly chargedAtRate: string;
  readonly freeTransactions: string;
  readonly fixedFee: string;
  readonly transactionLimitsAdjustment: string;

  /** {name} {value} */
  readonly couponRow: string;
  readonly subTotalExcludingTax: string;
  /** {name} {rate} {base} */
  readonly taxRow: string;
  /** {rate} */
  readonly noTaxRow: string;
  readonly subTotalIncludingTax: string;
  /** {number} */
  readonly creditNoteRow: string;
  readonly freeCredits: string;
  readonly prepaidCredits: string;
  readonly total: string;

  readonly couponsAdjustment: string;
  readonly totalCredited: string;
  /** {date} */
  readonly issuedOn: string;
  readonly creditedToBalance: string;
  readonly refunded: string;
  /** {number} */
  readonly offsetOnInvoice: string;

  /** {page} {pages} */
  readonly pageOf: string;
}
