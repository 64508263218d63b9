import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RegisterCommand } from '../command.js';
import { ExitCode } from '../exit-code.js';

const serverEntry = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** opal up: the server in the foreground, as `npm start` runs it. */
export const registerUp: RegisterCommand = (program) => {
  program
    .command('up')
    .description('start the server here, with its own database and queue where none are given')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (_options: unknown, command: { readonly args: readonly string[] }) => {
      const child = spawn(process.execPath, [serverEntry, ...command.args], { stdio: 'inherit' });
      // The terminal sends Ctrl-C to both; what is sent to this process alone is passed on.
      const forward = (signal: NodeJS.Signals): void => {
        if (signal === 'SIGTERM') child.kill(signal);
      };
      // An interrupted server still has to stop its database: this process stays as long as it does.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
      process.on('SIGINT', forward);
      process.on('SIGTERM', forward);
      process.exitCode = await new Promise<number>((resolve) => {
        child.once('exit', (code) => {
          resolve(code ?? ExitCode.interrupted);
        });
      });
    });
};
