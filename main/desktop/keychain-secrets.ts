import { Secret, SecretsError } from '../../shared/secret.ts';
import type { SecretPlace, SecretStore, Secrets } from '../ports/secrets.ts';
import type { FromEngineHost, ToEngineHost } from './engine-messages.ts';

/** What the keychain sealed begins so; what a key file sealed does not. */
const PREFIX = 'k1.';

type Asked = Extract<FromEngineHost, { readonly type: 'seal' | 'unseal' }>;
type Answered = Extract<ToEngineHost, { readonly type: 'sealed' | 'not_sealed' }>;

/** What stands inside of a sealed text: sealed for one place, it cannot be opened for another. */
interface Sealed {
  readonly secret: string;
  readonly purpose: string;
  readonly rowId: string;
}

/**
 * Seals with the operating system's keychain, which only the main process can reach: it is asked over the port. Secrets that the headless
 * program sealed with its key file are still opened with it. Rule: reliability-and-security.md § 7.
 */
export class KeychainSecrets implements Secrets {
  readonly store: SecretStore = { kind: 'keychain', place: null };
  readonly #post: (message: Asked) => void;
  readonly #keyFile: Secrets;
  readonly #waiting = new Map<number, { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void }>();
  #asked = 0;

  constructor(post: (message: Asked) => void, keyFile: Secrets) {
    this.#post = post;
    this.#keyFile = keyFile;
  }

  async seal(secret: Secret, place: SecretPlace): Promise<string> {
    const sealed: Sealed = { secret: secret.reveal(), ...place };
    return `${PREFIX}${await this.#ask('seal', JSON.stringify(sealed))}`;
  }

  async open(text: string, place: SecretPlace): Promise<Secret> {
    if (!text.startsWith(PREFIX)) return this.#keyFile.open(text, place);
    const sealed = JSON.parse(await this.#ask('unseal', text.slice(PREFIX.length))) as Sealed;
    if (sealed.purpose !== place.purpose || sealed.rowId !== place.rowId)
      throw new SecretsError('secret_damaged', `The stored ${place.purpose} of ${place.rowId} was altered or moved. Enter it again.`);
    return new Secret(sealed.secret);
  }

  /** The main process has answered. */
  hear(message: Answered): void {
    const waiting = this.#waiting.get(message.askId);
    this.#waiting.delete(message.askId);
    if (message.type === 'sealed') waiting?.resolve(message.text);
    else
      waiting?.reject(
        new SecretsError('secret_key_wrong', `The keychain of this computer does not open stored secrets: ${message.sentence}`),
      );
  }

  #ask(type: Asked['type'], text: string): Promise<string> {
    this.#asked += 1;
    const askId = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(askId, { resolve, reject });
      this.#post({ type, askId, text });
    });
  }
}
