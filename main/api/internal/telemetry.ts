import { z } from 'zod';
import { formatInstant } from '../../../shared/dates.ts';
import { telemetryBody, telemetryMessage, type TelemetryAnswer, type TelemetryLogAnswer } from '../../../shared/internal/telemetry.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { route, type Route } from '../route.ts';
import type { ApiServices } from '../services.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
/** Of this program, not of the books: no line of the activity log is about it. */
const ofProgram = { ...shared, changesNothing: true } as const;

/** What this program tells about itself, and the switch. Rule: ui.md § 4.12 "Privacy (telemetry)". */
export const telemetryRoutes: readonly Route[] = [
  route({
    ...shared,
    method: 'get',
    path: '/telemetry',
    summary: 'Whether usage is told, where, and what a message says',
    respond: ({ services }) => answerOf(services),
  }),
  route({
    ...ofProgram,
    method: 'put',
    path: '/telemetry',
    summary: 'Switch telemetry on or off',
    body: telemetryBody,
    respond: async ({ services, body }) => {
      await services.telemetry.switchTo(body.is_on);
      return answerOf(services);
    },
  }),
  route({
    ...ofProgram,
    method: 'post',
    path: '/telemetry/announced',
    summary: 'Note that a person was shown the switch',
    respond: async ({ services }) => {
      await services.telemetry.announce();
      return answerOf(services);
    },
  }),
  route({
    ...ofProgram,
    method: 'post',
    path: '/telemetry/installation_id',
    summary: 'Draw another installation id',
    respond: async ({ services }) => {
      await services.telemetry.resetInstallationId();
      return answerOf(services);
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/telemetry/log',
    summary: 'The last 200 messages, word for word',
    respond: async ({ services }) => {
      const messages = (await services.telemetry.messages()).map(({ id, sentAt, result, httpStatus, body }) => {
        return { id, sent_at: formatInstant(sentAt), result, http_status: httpStatus, body };
      });
      return ok<TelemetryLogAnswer>({ messages });
    },
  }),
];

function answerOf({ telemetry }: ApiServices): Result<TelemetryAnswer> {
  const state = telemetry.state();
  return ok({
    is_on: state.isOn,
    enforced_by: state.enforcedBy,
    is_sandbox: state.isSandbox,
    collector_url: state.collectorUrl,
    announced_at: state.announcedAt === null ? null : formatInstant(state.announcedAt),
    next_at: state.nextAt === null ? null : formatInstant(state.nextAt),
    installation_id: state.installationId,
    example: state.example,
    schema: z.toJSONSchema(telemetryMessage),
  });
}
