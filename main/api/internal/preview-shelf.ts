/** A window shows one at a time; the one before may still be loading. */
const MAX_KEPT = 8;

/** Documents that were made to be looked at: kept in memory until newer ones take their place, stored nowhere. */
export class PreviewShelf {
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();

  keep(id: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.#files.set(id, bytes);
    const [oldest] = this.#files.keys();
    if (this.#files.size > MAX_KEPT && oldest !== undefined) this.#files.delete(oldest);
  }

  find(id: string): Uint8Array<ArrayBuffer> | null {
    return this.#files.get(id) ?? null;
  }
}
