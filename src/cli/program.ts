import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { CommandContext, type GlobalOptions } from './command-context.js';
import type { RegisterCommand } from './command.js';
import { registerAnalysis } from './commands/analysis.js';
import { registerAudit } from './commands/audit.js';
import { registerBundle } from './commands/bundle.js';
import { registerCollect } from './commands/collect.js';
import { registerDoctor } from './commands/doctor.js';
import { registerMigrate } from './commands/migrate.js';
import { registerPlan } from './commands/plan.js';
import { registerReport } from './commands/report.js';
import { registerSearch } from './commands/search.js';
import { registerSource } from './commands/source.js';
import { registerSyncs } from './commands/syncs.js';
import { registerToken } from './commands/token.js';
import { registerUp } from './commands/up.js';
import { outputFormats } from './output/format.js';

const commands: readonly RegisterCommand[] = [
  registerUp,
  registerDoctor,
  registerSource,
  registerCollect,
  registerSyncs,
  registerSearch,
  registerAnalysis,
  registerReport,
  registerPlan,
  registerMigrate,
  registerBundle,
  registerToken,
  registerAudit,
];

const exitCodes = `
Exit codes: 0 done, 1 failed, 2 wrong use, 3 no server or not let in, 4 a person has to decide,
5 not found, 130 interrupted.`;

const version = (): string => {
  const described = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(described)).version;
};

/** The whole command line. Errors are thrown, so that one place prints them. */
export const buildProgram = (): Command => {
  const program = new Command('opal')
    .description(
      'On-premise analytics and migration planning for virtual machines on their way to KubeVirt',
    )
    .version(version(), '--version', 'the version of this command line')
    .option('--server <url>', 'server to talk to; else OPAL_URL, else the one of the data folder')
    .option(
      '--token-file <file>',
      'file with a token; else OPAL_TOKEN, else the first token of the data folder',
    )
    .option(
      '--data-dir <folder>',
      'data folder of the server',
      process.env.OPAL_DATA_DIR ?? '.opal',
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the output')
        .choices(outputFormats)
        .default('table'),
    )
    .option('-q, --quiet', 'no progress and no remarks', false)
    .addHelpText('after', exitCodes)
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  let context: CommandContext | undefined;
  const contextOf = (): CommandContext => {
    context ??= new CommandContext(program.opts<GlobalOptions>());
    return context;
  };
  for (const register of commands) register(program, contextOf);
  return program;
};
