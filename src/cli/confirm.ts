import { createInterface } from 'node:readline/promises';
import { CliError } from './cli-error.js';
import { ExitCode } from './exit-code.js';

/** Asks a person for a yes. Without a terminal nobody can say it, so it is no. */
export const confirmed = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
};

/**
 * Goes on where the command line or a person says yes.
 *
 * @throws CliError, with what was not done to what, where nobody does.
 */
export const requireYes = async (
  yes: boolean | undefined,
  question: string,
  refusal: { readonly what: string; readonly subject: string },
): Promise<void> => {
  if (yes === true || (await confirmed(question))) return;
  throw new CliError(
    { ...refusal, why: 'nobody confirmed it', remedy: 'Say --yes.' },
    ExitCode.needsDecision,
  );
};
