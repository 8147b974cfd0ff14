/** Books that were copied into a sandbox of their own. */
export interface SandboxAnswer {
  readonly folder: string;
  readonly is_sandbox: true;
}
