/** Bodies are cut there: long ones are bulk, and their beginning shows what they are. */
export const MAX_KEPT_BODY = 16_000;
const HIDDEN = '[secret]';
const SECRET_NAME = /secret|token|password|passphrase|hmac_key|private_key|api_key|authorization|credential/i;
/** What secrets of ours and of Stripe look like, wherever they stand. */
const SECRET_VALUE = /\b(?:mbk_[\w-]{20,}|(?:sk|rk)_(?:live|test)_\w+|whsec_\w+)/g;
/** Says that a secret is there, or which: no secret itself. */
const HARMLESS_NAME = /(_set|_last4|_id)$/;

/** A copy of a JSON value without what nobody should read in a log. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(SECRET_VALUE, HIDDEN);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecretName(name) ? hidden(inner) : withoutSecrets(inner)]),
  );
}

/** The text of a body as it may be kept; null when there is none. */
export function keptBody(body: unknown): string | null {
  if (body === undefined) return null;
  const text = JSON.stringify(withoutSecrets(body));
  return text.length > MAX_KEPT_BODY ? `${text.slice(0, MAX_KEPT_BODY)}…` : text;
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

function hidden(value: unknown): unknown {
  return value === null || value === undefined ? value : HIDDEN;
}
