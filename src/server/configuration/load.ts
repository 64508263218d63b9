import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nearestName } from '../../search/nearest-name.js';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.js';
import { options, type Configuration, type OptionName } from './options.js';
import type { Option } from './option.js';

/** Where the values come from. The command line wins over the environment. */
export interface ConfigurationInput {
  readonly environment?: NodeJS.ProcessEnv;
  readonly arguments?: readonly string[];
  /** Relative paths start here, the current folder if left out. */
  readonly folder?: string;
}

const table: Readonly<Record<OptionName, Option<unknown>>> = options;
// Object.keys widens to string; the table has no other keys than its own.
const names = Object.keys(table) as OptionName[];
const knownVariables = new Set(names.map((name) => table[name].environment));
/** Variables of the test suite, which shares the prefix and means nothing to a server. */
const testPrefix = 'OPAL_TEST_';
const pathOptions = ['dataDir', 'tlsCertificateFile', 'tlsKeyFile', 'keyFile'] as const;

/** The flag of an option: `OPAL_LOG_LEVEL` is `log-level`, `NEO4J_URI` is `neo4j-uri`. */
export function flagOf(option: Option<unknown>): string {
  return option.environment
    .replace(/^OPAL_/u, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

function suggestion(wrong: string, candidates: Iterable<string>): string {
  const nearest = nearestName(wrong, candidates);
  return nearest === undefined ? 'remove it' : `did you mean ${nearest}?`;
}

function unknownVariables(environment: NodeJS.ProcessEnv): ConfigurationProblem[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('OPAL_') && !name.startsWith(testPrefix))
    .filter((name) => !knownVariables.has(name))
    .map((name) => ({
      name,
      why: 'is not an option',
      remedy: suggestion(name, knownVariables),
    }));
}

interface Flags {
  readonly values: ReadonlyMap<OptionName, string>;
  readonly problems: readonly ConfigurationProblem[];
}

function readFlags(given: readonly string[]): Flags {
  const values = new Map<OptionName, string>();
  const problems: ConfigurationProblem[] = [];
  const byFlag = new Map(names.map((name) => [flagOf(table[name]), name] as const));
  const declared = Object.fromEntries(
    [...byFlag.keys()].map((f) => [f, { type: 'string' }] as const),
  );
  const { tokens } = parseArgs({
    args: [...given],
    options: declared,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    const written = token.kind === 'option' ? token.rawName : 'an argument';
    const name = token.kind === 'option' ? byFlag.get(token.name) : undefined;
    if (token.kind !== 'option' || name === undefined) {
      const flags = [...byFlag.keys()].map((each) => `--${each}`);
      const wrong = token.kind === 'positional' ? token.value : written;
      problems.push({ name: wrong, why: 'is not an option', remedy: suggestion(wrong, flags) });
    } else if (table[name].secret) {
      const remedy = `set ${table[name].environment} in the environment`;
      problems.push({ name: written, why: 'would show a secret to every user', remedy });
    } else if (token.value === undefined) {
      problems.push({ name: written, why: 'has no value', remedy: `give ${table[name].accepts}` });
    } else {
      values.set(name, token.value);
    }
  }
  return { values, problems };
}

/** Compose files and charts leave a variable empty where they mean that it is not set. */
function valueOf(
  name: OptionName,
  flags: Flags,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const value = flags.values.get(name) ?? environment[table[name].environment];
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function contradictions(configuration: Configuration): ConfigurationProblem[] {
  const { host, insecureBind, tlsCertificateFile, tlsKeyFile, neo4jUri, neo4jPassword } =
    configuration;
  const problems: ConfigurationProblem[] = [];
  if ((tlsCertificateFile === undefined) !== (tlsKeyFile === undefined)) {
    problems.push({
      name: tlsKeyFile === undefined ? 'OPAL_TLS_KEY_FILE' : 'OPAL_TLS_CERT_FILE',
      why: 'is missing',
      remedy: 'give the certificate and its key, or neither',
    });
  }
  if (!isLoopback(host) && tlsCertificateFile === undefined && !insecureBind) {
    problems.push({
      name: 'OPAL_HOST',
      why: `is ${host}, where tokens would cross the network in clear`,
      remedy:
        'set OPAL_TLS_CERT_FILE and OPAL_TLS_KEY_FILE, or OPAL_INSECURE_BIND=true behind a proxy that ends TLS',
    });
  }
  if (neo4jUri !== undefined && neo4jPassword === undefined) {
    problems.push({
      name: 'NEO4J_PASSWORD',
      why: 'is missing while NEO4J_URI is set',
      remedy: 'set the password of that server',
    });
  }
  return problems;
}

function parseAll(
  flags: Flags,
  environment: NodeJS.ProcessEnv,
  folder: string,
): {
  readonly values: Record<string, unknown>;
  readonly problems: readonly ConfigurationProblem[];
} {
  const values: Record<string, unknown> = {};
  const problems: ConfigurationProblem[] = [];
  for (const name of names) {
    const option = table[name];
    const parsed = option.schema.safeParse(valueOf(name, flags, environment));
    if (parsed.success) values[name] = parsed.data;
    else {
      const remedy = `give ${option.accepts}`;
      problems.push({ name: option.environment, why: 'has a value that is not accepted', remedy });
    }
  }
  for (const name of pathOptions) {
    const path = values[name];
    if (typeof path === 'string') values[name] = resolve(folder, path);
  }
  return { values, problems };
}

/**
 * Reads and checks the whole configuration.
 *
 * @throws ConfigurationError naming every option that is unknown, malformed or contradicts another.
 */
export function loadConfiguration(input: ConfigurationInput = {}): Configuration {
  const environment = input.environment ?? process.env;
  const flags = readFlags(input.arguments ?? []);
  const parsed = parseAll(flags, environment, input.folder ?? process.cwd());
  const problems = [...unknownVariables(environment), ...flags.problems, ...parsed.problems];
  if (problems.length > 0) throw new ConfigurationError(problems);
  // Every option was parsed by its own schema just above, which is what the type says.
  const configuration = parsed.values as Configuration;
  const contradicting = contradictions(configuration);
  if (contradicting.length > 0) throw new ConfigurationError(contradicting);
  return configuration;
}
