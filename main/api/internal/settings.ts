import { z } from 'zod';
import { formatInstant } from '../../../shared/dates.ts';
import type { ConnectionAnswer, ServerAnswer, StripeFactsAnswer } from '../../../shared/internal/settings.ts';
import { notFound, ok } from '../../../shared/result.ts';
import { VERSION } from '../../../shared/version.ts';
import { organizationInput } from '../../../shared/wire/organization.ts';
import { previewOrganization } from '../../organization/index.ts';
import type { Connection } from '../../payments/index.ts';
import { checkedBody } from '../checked-body.ts';
import { fileAnswer, route, type Route } from '../route.ts';
import type { ApiServices } from '../services.ts';
import { readOrganizationInput } from '../wire/organization.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** What settings need beside the public routes. Rule: ui.md § 4.12. */
export const settingsRoutes: readonly Route[] = [
  route({
    ...shared,
    method: 'post',
    path: '/settings/invoice_previews',
    summary: 'Make the PDF that a draft of the settings would give: of a made-up invoice, or of the one that is named',
    wrapper: 'organization',
    optionalBody: true,
    body: checkedBody(organizationInput),
    changesNothing: true,
    respond: async ({ services, context, body, query, requestId }) => {
      const input = readOrganizationInput(body.values);
      const made = await previewOrganization(context, { input, refused: body.refused, invoiceId: query.text('invoice_id') ?? null });
      if (!made.ok) return made;
      services.host.previews.keep(requestId, new Uint8Array(made.value));
      return ok({ invoice_preview: { id: requestId } });
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/settings/invoice_previews/:id',
    summary: 'A PDF that was made to be looked at; it is gone when newer ones have taken its place',
    respond: ({ services, pathValues }) => {
      const bytes = services.host.previews.find(pathValues['id'] ?? '');
      return bytes === null
        ? notFound('invoice_preview')
        : ok(fileAnswer({ bytes, contentType: 'application/pdf', fileName: 'preview.pdf' }));
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/settings/server',
    summary: 'Where this program runs and answers',
    respond: ({ services }) => ok({ server: serverFacts(services) }),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/settings/stripe/:code',
    summary: 'What the screen of a Stripe account needs beside the account',
    respond: ({ services, context, pathValues, baseUrl }) => {
      const code = pathValues['code'] ?? '';
      const webhookUrl = `${baseUrl}/webhooks/stripe/${context.organizationId}?code=${encodeURIComponent(code)}`;
      const stripe: StripeFactsAnswer = { is_key_of_environment: services.payments.isKeyOfEnvironment(code), webhook_url: webhookUrl };
      return ok({ stripe });
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/settings/stripe/:code/test',
    summary: 'Ask Stripe one cheap question with the key that is kept',
    changesNothing: true,
    respond: async ({ services, pathValues }) => {
      const tried = await services.payments.testConnection(pathValues['code'] ?? '');
      return tried.ok ? ok({ connection: serializeConnection(tried.value) }) : tried;
    },
  }),
];

function serverFacts({ host, isSandbox }: ApiServices): ServerAnswer {
  const url = new URL(host.baseUrl());
  return {
    base_url: host.baseUrl(),
    host: url.hostname,
    port: Number(url.port === '' ? '80' : url.port),
    is_loopback: LOOPBACK.has(url.hostname),
    is_sandbox: isSandbox,
    data_folder: host.dataFolder,
    version: VERSION,
    node_version: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    started_at: formatInstant(host.startedAt),
    secret_store: host.secretStore ?? { kind: 'unknown', place: null },
  };
}

function serializeConnection(connection: Connection): ConnectionAnswer {
  const none = { account_id: null, account_name: null, message: null };
  return connection.state === 'connected'
    ? { ...none, state: connection.state, account_id: connection.accountId, account_name: connection.accountName }
    : { ...none, state: connection.state, message: connection.message };
}
