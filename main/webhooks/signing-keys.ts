import { createPrivateKey } from 'node:crypto';
import { present } from '../../shared/assert.ts';
import { Secret } from '../../shared/secret.ts';
import { deleteRows, insertRow } from '../database/rows.ts';
import { webhookKeys, type WebhookKeys } from '../database/tables/webhooks.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { ServiceContext } from '../service-context.ts';
import { makeKeyPair, type SigningKeys } from './signature.ts';

const HMAC_KEY_BYTES = 32;
const HMAC_PURPOSE = 'webhook_hmac_key';
const PRIVATE_PURPOSE = 'webhook_private_key';

/** The text that receivers verify hmac signatures with. Rejects with a `SecretsError` when it cannot be opened. */
export async function readHmacKey(context: ServiceContext): Promise<Secret> {
  const { hmacKeySealed } = await ensureKeys(context);
  return secretsOf(context).open(hmacKeySealed, { purpose: HMAC_PURPOSE, rowId: context.organizationId });
}

/** The PEM text that receivers verify tokens with. */
export async function readPublicKey(context: ServiceContext): Promise<string> {
  return (await ensureKeys(context)).publicKey;
}

/** Both keys, opened. Rejects with a `SecretsError` when they cannot be. */
export async function openSigningKeys(context: ServiceContext): Promise<SigningKeys> {
  const { privateKeySealed } = await ensureKeys(context);
  const privateKey = await secretsOf(context).open(privateKeySealed, { purpose: PRIVATE_PURPOSE, rowId: context.organizationId });
  return { hmacKey: (await readHmacKey(context)).reveal(), privateKey: createPrivateKey(privateKey.reveal()) };
}

/** Replaces keys whose secrets are lost for good. Receivers must fetch the new public key or hmac key. */
export async function renewKeys(context: ServiceContext): Promise<void> {
  const fresh = await makeKeys(context);
  await context.database.unitOfWork.write('renew webhook keys', async (tx) => {
    await deleteRows(tx, webhookKeys, { organizationId: context.organizationId });
    await insertRow(tx, webhookKeys, fresh);
  });
}

/** The stored keys; made now when this is the first start. */
async function ensureKeys(context: ServiceContext): Promise<WebhookKeys> {
  const where = { organizationId: context.organizationId };
  const stored = await context.database.read.manager.findOneBy(webhookKeys, where);
  if (stored !== null) return stored;
  const fresh = await makeKeys(context);
  return context.database.unitOfWork.write('store webhook keys', async (tx) => {
    // Two callers may have made some at once: those that are stored first count.
    if (!(await tx.manager.existsBy(webhookKeys, where))) await insertRow(tx, webhookKeys, fresh);
    return present(await tx.manager.findOneBy(webhookKeys, where), 'keys just stored are there');
  });
}

async function makeKeys(context: ServiceContext): Promise<WebhookKeys> {
  const { organizationId, random, clock } = context;
  const secrets = secretsOf(context);
  const hmacKey = new Secret(Buffer.from(random.bytes(HMAC_KEY_BYTES)).toString('base64url'));
  const { privateKey, publicKey } = await makeKeyPair();
  return {
    organizationId,
    hmacKeySealed: await secrets.seal(hmacKey, { purpose: HMAC_PURPOSE, rowId: organizationId }),
    privateKeySealed: await secrets.seal(new Secret(privateKey), { purpose: PRIVATE_PURPOSE, rowId: organizationId }),
    publicKey,
    createdAt: clock.now(),
  };
}

function secretsOf(context: ServiceContext): Secrets {
  return present(context.secrets, 'a workspace can seal secrets');
}
