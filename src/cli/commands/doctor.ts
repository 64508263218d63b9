import { resolve } from 'node:path';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { ExitCode } from '../exit-code.js';

const doctor = async (context: CommandContext): Promise<void> => {
  // The drivers of both databases come with these, and no other command needs them.
  const { loadConfiguration } = await import('../../server/configuration/index.js');
  const { allChecks, diagnose } = await import('../../server/doctor/index.js');
  const configuration = {
    ...loadConfiguration({ arguments: [] }),
    dataDir: resolve(context.options.dataDir),
  };
  const findings = await diagnose({ configuration, environment: process.env }, allChecks);
  context.rows(findings, [
    { title: 'check', cell: ({ check }) => check },
    { title: 'status', cell: ({ status }) => status },
    { title: 'found', cell: ({ what, why }) => (why === '' ? what : `${what}: ${why}`) },
    { title: 'what to do', cell: ({ remedy }) => remedy },
  ]);
  if (findings.some(({ status }) => status === 'failed')) process.exitCode = ExitCode.failed;
};

/** opal doctor: everything that a start needs, looked at one by one. */
export const registerDoctor: RegisterCommand = (program, context) => {
  program
    .command('doctor')
    .description('check what the server needs on this machine')
    .action(() => doctor(context()));
};
