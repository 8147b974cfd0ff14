/**
 * Owns: the folder that holds a company's books: its lock, its database file, its kind (live or sandbox), the sandbox's clock.
 * Does not own: anything in the books themselves but the first organization row.
 * Start reading at: open-workspace.ts.
 */
export { DEFAULT_ORGANIZATION_NAME } from './create-organization.ts';
export { diagnoseWorkspace, type WorkspaceDiagnostics } from './diagnostics.ts';
export { openWorkspace, type Workspace, type WorkspaceConfig, type WorkspaceKind } from './open-workspace.ts';
export { TestClock, type RunDue } from './test-clock.ts';
export { WorkspaceError, type WorkspaceProblem } from './workspace-error.ts';
export { requireDatabase, workspacePaths, type WorkspacePaths } from './workspace-folder.ts';
export { workspaceFiles } from './workspace-files.ts';
export { readSetting, removeSetting, writeSetting } from './workspace-settings.ts';
