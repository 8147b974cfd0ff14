/** Where this program answers: known to those who need it only after it listens. */
export class ServedAddress {
  #url = 'http://127.0.0.1:3000';
  #port: number | null = null;

  /** What the server says of itself. */
  set(server: { readonly url: string; readonly port: number }): void {
    this.#url = server.url;
    this.#port = server.port;
  }

  get url(): string {
    return this.#url;
  }

  /** Null before it listens. */
  get port(): number | null {
    return this.#port;
  }
}
