// First: what is loaded after it reads what it sets.
import './production-mode.js';
import { OpalError } from '../errors/opal-error.js';
import { createLogger, terminalDestination, type Logger } from '../telemetry/logger.js';
import {
  ConfigurationError,
  loadConfiguration,
  renderHelp,
  type Configuration,
} from './configuration/index.js';
import { StartRefusedError } from './start-refused-error.js';
import { startServer, type RunningServer } from './start-server.js';
import { onStopSignal } from './stop-signals.js';

/** Exit status by which a shell knows that a program was interrupted. */
const interrupted = 130;

function describeFailure(error: unknown): string {
  if (error instanceof StartRefusedError) {
    const lines = error.findings.map(({ what, why, remedy }) => `  ${what}: ${why}. ${remedy}`);
    return ['The server cannot start:', ...lines].join('\n');
  }
  if (error instanceof ConfigurationError) {
    const lines = error.problems.map(({ name, why, remedy }) => `  ${name} ${why}: ${remedy}.`);
    return ['The configuration cannot be used:', ...lines, `${error.remedy}.`].join('\n');
  }
  if (error instanceof OpalError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function announce(server: RunningServer): void {
  const { initialToken } = server;
  const token =
    initialToken === undefined
      ? 'Log in with a token that an administrator has made.'
      : `Token:   ${initialToken.text}\n         (administrator, from ${initialToken.file})`;
  console.log(`\nOPAL is ready.\nAddress: ${server.address}\n${token}\nCtrl-C stops it.\n`);
}

function readConfiguration(): Configuration | undefined {
  const flags = process.argv.slice(2);
  if (flags.includes('--help') || flags.includes('-h')) {
    console.log(renderHelp());
    return undefined;
  }
  return loadConfiguration({ arguments: flags });
}

async function serve(configuration: Configuration, logger: Logger): Promise<number> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  onStopSignal(
    (reason) => {
      logger.info({ reason }, 'Stopping');
      stopping.abort();
    },
    // The guards of the embedded services end them without us.
    () => process.exit(interrupted),
  );
  let server: RunningServer;
  try {
    server = await startServer(configuration, logger, stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    throw error;
  }
  announce(server);
  await stopped;
  await server.stop();
  return 0;
}

async function main(): Promise<number> {
  try {
    const configuration = readConfiguration();
    if (configuration === undefined) return 0;
    return await serve(configuration, createLogger(configuration.logLevel, terminalDestination()));
  } catch (error) {
    console.error(describeFailure(error));
    return 1;
  }
}

process.exit(await main());
