/** What a script can tell an end of the command line by. */
export const ExitCode = {
  done: 0,
  /** Something went wrong while doing it. */
  failed: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** No server, or it lets nobody in with this token. */
  unreachable: 3,
  /** Done as far as it goes; a person has to decide before it goes on. */
  needsDecision: 4,
  /** What was asked for is not there. */
  notFound: 5,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
