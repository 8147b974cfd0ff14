import type { DocumentSnapshot } from './document-snapshot.ts';

// What passes between the renderer and its threads.

export interface RenderJob {
  readonly id: number;
  readonly snapshot: DocumentSnapshot;
  readonly logoFile: Uint8Array | null;
  readonly fontsFolder: string;
}

export type RenderAnswer =
  | { readonly id: number; readonly ok: true; readonly pdf: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly ok: false; readonly message: string };
