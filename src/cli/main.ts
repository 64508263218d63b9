import completion from '@bomb.sh/tab/commander';
import { CommanderError } from 'commander';
import { OpalError } from '../errors/opal-error.js';
import { CliError } from './cli-error.js';
import { ExitCode } from './exit-code.js';
import { interruptionNotes } from './interruption.js';
import { asTyped } from './invoked-as.js';
import { buildProgram } from './program.js';

/** Each of its facts once, with commands as this person types them. */
const describe = ({ what, subject, why, remedy }: OpalError): string => {
  const about = what.includes(subject) ? what : `${what} (${subject})`;
  const lines = [`${about}.`];
  if (why !== '') lines.push(`Why: ${why}.`);
  if (remedy !== '') lines.push(`What to do: ${/[.?!]$/.test(remedy) ? remedy : `${remedy}.`}`);
  return asTyped(lines.join('\n'));
};

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const exitCodeOf = (error: unknown): ExitCode => {
  if (isAbort(error)) return ExitCode.interrupted;
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  return ExitCode.failed;
};

const onSignal = (code: ExitCode): void => {
  // Said last, when the bar is gone.
  process.once('exit', () => {
    for (const note of interruptionNotes()) console.error(`\n${asTyped(note)}`);
  });
  process.exit(code);
};
// A handler of its own makes all three an orderly exit, at which the terminal is put right.
process.on('SIGINT', () => {
  onSignal(ExitCode.interrupted);
});
process.on('SIGTERM', () => {
  onSignal(ExitCode.terminated);
});
process.on('SIGHUP', () => {
  onSignal(ExitCode.interrupted);
});
// A reader that has enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? ExitCode.done : ExitCode.failed);
});

const report = (error: unknown): void => {
  if (error instanceof OpalError) console.error(describe(error));
  // Commander has printed its own; Ctrl-C at a question is an answer.
  else if (error instanceof CommanderError || isAbort(error)) return;
  else console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
};

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });

const program = buildProgram();
completion(program);
try {
  await program.parseAsync();
} catch (error) {
  report(error);
  process.exitCode = exitCodeOf(error);
}
// A socket that some library still holds must not keep a script waiting.
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit();
