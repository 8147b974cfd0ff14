import { notAllowed, type Result, ok } from '../../shared/result.ts';
import { insertRow } from '../database/rows.ts';
import { webhookDeliveries } from '../database/tables/webhooks.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectView, ServiceContext } from '../service-context.ts';
import { findEndpoint } from './endpoints.ts';
import { messageBody } from './messages.ts';

/** The name of a message that says nothing but that messages arrive. */
export const TEST_TYPE = 'webhook_endpoint.test';

export interface TestMessage {
  readonly endpointId: string;
  /** The endpoint as the API shows it. */
  readonly object: ObjectView;
  readonly systemClock: Clock;
  readonly wake: () => void;
}

/** Leaves a message for one endpoint, whatever it listens to; it is signed, sent and tried again as any other. Answers the delivery's id. */
export function sendTest(context: ServiceContext, message: TestMessage): Promise<Result<string>> {
  const { organizationId, random } = context;
  return context.database.unitOfWork.write('send a test webhook', async (tx) => {
    const endpoint = await findEndpoint(tx, organizationId, message.endpointId);
    if (!endpoint.ok) return endpoint;
    if (endpoint.value.isMuted) return notAllowed('muted_webhook_endpoint');
    const id = random.uuid();
    const objectType = 'webhook_endpoint';
    await insertRow(tx, webhookDeliveries, {
      id,
      endpointId: message.endpointId,
      webhookType: TEST_TYPE,
      objectType,
      objectId: message.endpointId,
      payload: messageBody({ webhookType: TEST_TYPE, objectType, organizationId, object: message.object }),
      status: 'pending',
      attempts: 0,
      httpStatus: null,
      response: null,
      nextTryAt: null,
      lastTriedAt: null,
      durationMs: null,
      createdAt: message.systemClock.now(),
    });
    tx.afterCommit(message.wake);
    return ok(id);
  });
}
