/** Why a workspace cannot be opened. Each has its own exit status: 64, 65, 65, 75. */
export type WorkspaceProblem = 'wrong_kind' | 'not_a_workspace' | 'corrupt' | 'newer' | 'locked';

/** A sentence for the person who tried to open a workspace, with what to do next. */
export class WorkspaceError extends Error {
  readonly problem: WorkspaceProblem;

  constructor(problem: WorkspaceProblem, sentence: string) {
    super(sentence);
    this.name = 'WorkspaceError';
    this.problem = problem;
  }
}
