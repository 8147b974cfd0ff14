/**
 * Owns: making a sandbox out of books, which stay as they are: the copy, and what in it must not reach anybody.
 * Does not own: the folder of a workspace and its clock (workspace/), what muting an endpoint or leaving a provider behind means.
 * Start reading at: copy-to-sandbox.ts.
 */
export { copyToSandbox, duplicateToSandbox, type SandboxWishes } from './copy-to-sandbox.ts';
