import { createInterface } from 'node:readline/promises';

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
