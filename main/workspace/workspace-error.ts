/** Why a workspace cannot be opened or copied. */
export type WorkspaceProblem =
  | 'wrong_kind'
  | 'not_a_workspace'
  | 'corrupt'
  | 'newer'
  | 'locked'
  | 'backup_failed'
  | 'migration_failed'
  | 'copy_failed'
  | 'target_exists';

/** A sentence for the person who tried to open a workspace, with what to do next. */
export class WorkspaceError extends Error {
  readonly problem: WorkspaceProblem;

  constructor(problem: WorkspaceProblem, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? {} : { cause });
    this.name = 'WorkspaceError';
    this.problem = problem;
  }
}
