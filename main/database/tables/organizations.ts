import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import {
  booleanColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableInstant,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

/** The company that sells. One row per workspace. */
export interface Organization {
  readonly id: string;
  readonly sequence: number;
  readonly name: string;
  readonly slug: string | null;
  readonly defaultCurrency: CurrencyCode;
  readonly timezone: string;
  readonly country: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly state: string | null;
  readonly zipcode: string | null;
  readonly city: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly legalName: string | null;
  readonly legalNumber: string | null;
  readonly taxIdentificationNumber: string | null;
  /** Name of the logo's file under the workspace's `files/`, made from its content. */
  readonly logoFile: string | null;
  readonly netPaymentTerm: number;
  readonly invoiceGracePeriod: number;
  readonly invoiceFooter: string | null;
  readonly documentLocale: string;
  readonly documentNumbering: 'per_customer' | 'per_organization';
  readonly documentNumberPrefix: string;
  readonly finalizeZeroAmountInvoice: boolean;
  readonly emailSettings: readonly string[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const organizations = defineTable<Organization>('organizations', {
  id: idColumn,
  sequence: sequenceColumn,
  name: text,
  slug: nullableText,
  defaultCurrency: text,
  timezone: text,
  country: nullableText,
  addressLine1: nullableText,
  addressLine2: nullableText,
  state: nullableText,
  zipcode: nullableText,
  city: nullableText,
  email: nullableText,
  phone: nullableText,
  legalName: nullableText,
  legalNumber: nullableText,
  taxIdentificationNumber: nullableText,
  logoFile: nullableText,
  netPaymentTerm: integer,
  invoiceGracePeriod: integer,
  invoiceFooter: nullableText,
  documentLocale: text,
  documentNumbering: text,
  documentNumberPrefix: text,
  finalizeZeroAmountInvoice: booleanColumn,
  emailSettings: jsonColumn,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

/** A key of the HTTP API: only its hash is kept. */
export interface ApiKey {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly name: string | null;
  /** SHA-256 of the key, hexadecimal. */
  readonly keyHash: string;
  readonly last4: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** To the minute. */
  readonly lastUsedAt: Instant | null;
}

export const apiKeys = defineTable<ApiKey>('api_keys', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  name: nullableText,
  keyHash: text,
  last4: text,
  createdAt: instantColumn,
  expiresAt: nullableInstant,
  revokedAt: nullableInstant,
  lastUsedAt: nullableInstant,
});

/** Where outgoing webhooks go. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly webhookUrl: string;
  readonly signatureAlgo: 'jwt' | 'hmac';
  readonly name: string | null;
  /** Names of messages; null, or a list with `*`, stands for all of them. */
  readonly eventTypes: readonly string[] | null;
  /** Copied from live books into a sandbox: its messages are kept here and never sent. */
  readonly isMuted: boolean;
  readonly createdAt: Instant;
}

export const webhookEndpoints = defineTable<WebhookEndpoint>('webhook_endpoints', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  webhookUrl: text,
  signatureAlgo: text,
  name: nullableText,
  eventTypes: { ...jsonColumn, nullable: true },
  isMuted: booleanColumn,
  createdAt: instantColumn,
});

/** Facts about the workspace itself: `sandbox`, `test_clock_ms`, `clean_stop`. */
export interface WorkspaceSetting {
  readonly name: string;
  readonly value: string;
}

export const workspaceSettings = defineTable<WorkspaceSetting>('workspace_settings', { name: idColumn, value: text });
