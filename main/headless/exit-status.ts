/** What the program tells the shell, after sysexits.h where it has a word for it. */
export const EXIT = {
  done: 0,
  usage: 64,
  /** The workspace's data cannot be used. */
  badData: 65,
  /** The machine lacks something: a newer Node, a free port. */
  unavailable: 69,
  /** A bug: the log says which. */
  software: 70,
  /** Another process has the workspace. */
  locked: 75,
} as const;

/** A refusal of the command line, said in one sentence. */
export class CommandError extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = 'CommandError';
    this.status = status;
  }
}
