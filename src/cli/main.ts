import completion from '@bomb.sh/tab/commander';
import { CommanderError } from 'commander';
import { OpalError } from '../errors/opal-error.js';
import { CliError } from './cli-error.js';
import { ExitCode } from './exit-code.js';
import { buildProgram } from './program.js';

const describe = (error: OpalError): string => {
  const lines = [
    `${error.what} (${error.subject}).`,
    `Why: ${error.why}.`,
    `What to do: ${error.remedy}`,
  ];
  return lines.join('\n');
};

const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  return ExitCode.failed;
};

process.on('SIGINT', () => process.exit(ExitCode.interrupted));
// A reader that has enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? ExitCode.done : ExitCode.failed);
});

const program = buildProgram();
completion(program);
try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own.
  if (error instanceof OpalError) console.error(describe(error));
  else if (!(error instanceof CommanderError)) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  process.exitCode = exitCodeOf(error);
}
