/** Turns a frozen snapshot into a PDF, outside any transaction. */
export interface DocumentRenderer {
  render(snapshot: unknown, logo: Uint8Array | null): Promise<Uint8Array>;
}

/** The workspace's `files/` folder: logos and documents, by plain name. */
export interface WorkspaceFiles {
  read(name: string): Promise<Uint8Array | null>;
  /** Writes the whole file or nothing. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** One that is not there is gone already. */
  remove(name: string): Promise<void>;
}
