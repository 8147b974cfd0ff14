const HIDDEN = '[secret]';

/** A text that must not show. However it is printed it says `[secret]`; `reveal` is the only way to it. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  /** Node's inspect, and with it every console and assertion message. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN;
  }
}

/** `missing`: there is no key. `wrong`: another key sealed it. `damaged`: it was altered, or moved from its place. */
export type SecretsProblem = 'secret_key_missing' | 'secret_key_wrong' | 'secret_damaged';

/** Why a secret cannot be had, in a sentence for whoever runs the program. */
export class SecretsError extends Error {
  readonly code: SecretsProblem;

  constructor(code: SecretsProblem, sentence: string) {
    super(sentence);
    this.name = 'SecretsError';
    this.code = code;
  }
}
