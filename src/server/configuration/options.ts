import { z } from 'zod';
import { logLevels } from '../../telemetry/logger.js';
import {
  byteSize,
  choice,
  duration,
  flag,
  optionalText,
  optionalUri,
  text,
  wholeNumber,
  type Option,
} from './option.js';

const server = 'Server';
const services = 'Database and queue';
const graphql = 'GraphQL limits';
const collecting = 'Collecting';
const migrating = 'Migrating';
const client = 'Command line';

/** Whether the demo estate is loaded: when nothing else is configured, never, or always in a given size. */
export type DemoChoice = 'auto' | 'off' | number;

const largestDemo = 100_000;

function isDemoSize(value: string): boolean {
  return /^\d{1,6}$/u.test(value) && Number(value) >= 200 && Number(value) <= largestDemo;
}

const demo: Option<DemoChoice> = {
  environment: 'OPAL_DEMO',
  group: server,
  summary:
    'The demo estate: auto loads it when no source is configured, off never does, a number loads one of so many virtual machines.',
  secret: false,
  defaultText: 'auto',
  accepts: `auto, off, or a number of virtual machines from 200 to ${String(largestDemo)}`,
  schema: z
    .string()
    .default('auto')
    .refine((value) => value === 'auto' || value === 'off' || isDemoSize(value))
    .transform((value) => (value === 'auto' || value === 'off' ? value : Number(value))),
};

/** A heap or cache size in the words of the Java machine. */
function javaMemory(
  environment: string,
  summary: string,
  fallback: string,
): Option<string | undefined> {
  return {
    environment,
    group: services,
    summary,
    unit: 'bytes',
    secret: false,
    defaultText: fallback,
    accepts: 'a size such as 512m or 4g',
    schema: z
      .string()
      .regex(/^[1-9]\d{0,5}[mg]$/u)
      .optional(),
  };
}

/**
 * Every option of the product. The environment, the command line of the server, `--help` and
 * docs/configuration.md are all read from this table.
 */
export const options = {
  dataDir: text(
    {
      environment: 'OPAL_DATA_DIR',
      group: server,
      summary: 'Folder of the embedded database and queue, of keys and of the first token.',
    },
    '.opal',
    'a folder',
  ),
  host: text(
    { environment: 'OPAL_HOST', group: server, summary: 'Address the server listens on.' },
    '127.0.0.1',
    'an IP address or a host name',
  ),
  port: wholeNumber(
    {
      environment: 'OPAL_PORT',
      group: server,
      summary: 'Port the server listens on; 0 takes any free one.',
    },
    4_400,
    { from: 0, to: 65_535 },
  ),
  tlsCertificateFile: optionalText(
    {
      environment: 'OPAL_TLS_CERT_FILE',
      group: server,
      summary: 'Certificate chain of the server in PEM, for https.',
    },
    'a file',
  ),
  tlsKeyFile: optionalText(
    {
      environment: 'OPAL_TLS_KEY_FILE',
      group: server,
      summary: 'Private key of that certificate in PEM.',
    },
    'a file',
  ),
  insecureBind: flag({
    environment: 'OPAL_INSECURE_BIND',
    group: server,
    summary:
      'Allows other addresses than the loopback ones without TLS, for instance behind a proxy that ends TLS.',
  }),
  logLevel: choice(
    {
      environment: 'OPAL_LOG_LEVEL',
      group: server,
      summary: 'Least weight of the log records that are written.',
    },
    logLevels,
    'info',
  ),
  keyFile: optionalText(
    {
      environment: 'OPAL_KEY_FILE',
      group: server,
      summary:
        'File with the key that encrypts source credentials, made at the first start. Without it the key is the file "key" in the data folder.',
    },
    'a file',
  ),
  demo,

  neo4jUri: optionalUri(
    {
      environment: 'NEO4J_URI',
      group: services,
      summary: 'Neo4j to use (5.26, or 2025.01 and newer). Without it one is embedded.',
    },
    ['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'],
  ),
  neo4jUser: text(
    { environment: 'NEO4J_USER', group: services, summary: 'User of that Neo4j.' },
    'neo4j',
  ),
  neo4jPassword: optionalText({
    environment: 'NEO4J_PASSWORD',
    group: services,
    summary: 'Password of that user.',
    secret: true,
  }),
  neo4jDatabase: text(
    { environment: 'NEO4J_DATABASE', group: services, summary: 'Database in that Neo4j.' },
    'neo4j',
  ),
  neo4jHeap: javaMemory(
    'OPAL_NEO4J_HEAP',
    'Java heap of the embedded Neo4j.',
    "an eighth of the machine's memory, from 1g to 4g",
  ),
  neo4jPageCache: javaMemory(
    'OPAL_NEO4J_PAGE_CACHE',
    'Memory of the embedded Neo4j for the pages of its store.',
    "a quarter of the machine's memory, from 512m to 16g",
  ),
  queryTimeoutMs: duration(
    {
      environment: 'OPAL_QUERY_TIMEOUT',
      group: services,
      summary: 'Longest time a query may run where its caller gives no limit.',
    },
    '60s',
    { from: '1s', to: '1h' },
  ),
  redisUrl: optionalUri(
    {
      environment: 'REDIS_URL',
      group: services,
      summary:
        'Redis to use (6.2 or newer, maxmemory-policy noeviction). Without it one is embedded.',
      secret: true,
    },
    ['redis', 'rediss'],
  ),

  maxQueryDepth: wholeNumber(
    {
      environment: 'OPAL_MAX_QUERY_DEPTH',
      group: graphql,
      summary: 'Deepest nesting of a query.',
      unit: 'levels',
    },
    12,
    { from: 3, to: 50 },
  ),
  maxQueryCost: wholeNumber(
    {
      environment: 'OPAL_MAX_QUERY_COST',
      group: graphql,
      summary: 'Highest estimated cost of a query: fields times the page sizes above them.',
      unit: 'points',
    },
    200_000,
    { from: 1_000, to: 100_000_000 },
  ),
  maxQueryAliases: wholeNumber(
    {
      environment: 'OPAL_MAX_QUERY_ALIASES',
      group: graphql,
      summary: 'Most aliases in one request.',
      unit: 'aliases',
    },
    30,
    { from: 1, to: 1_000 },
  ),
  maxPageSize: wholeNumber(
    {
      environment: 'OPAL_MAX_PAGE_SIZE',
      group: graphql,
      summary: 'Most entries of one page of a connection.',
      unit: 'entries',
    },
    1_000,
    { from: 1, to: 10_000 },
  ),
  maxBodyBytes: byteSize(
    {
      environment: 'OPAL_MAX_BODY',
      group: graphql,
      summary: 'Largest body of one request.',
    },
    '1MiB',
    '64MiB',
  ),

  syncIntervalMs: duration(
    {
      environment: 'OPAL_SYNC_INTERVAL',
      group: collecting,
      summary: 'Time between two complete reads of a source; changes arrive in between.',
    },
    '6h',
    { from: '1m', to: '24d' },
  ),
  levelCheckIntervalMs: duration(
    {
      environment: 'OPAL_LEVEL_CHECK_INTERVAL',
      group: collecting,
      summary: 'Time between two comparisons of a watched Kubernetes cluster with its full list.',
    },
    '60s',
    { from: '5s', to: '1h' },
  ),
  kubeconfigMayNameFiles: flag({
    environment: 'OPAL_KUBECONFIG_MAY_NAME_FILES',
    group: collecting,
    summary:
      'Allows a kubeconfig that is entered as text to name files of the server. Whoever may add a source can then have any file that the server reads sent to a server of their choice.',
  }),
  kubeconfigMayRunPrograms: flag({
    environment: 'OPAL_KUBECONFIG_MAY_RUN_PROGRAMS',
    group: collecting,
    summary:
      'Allows a kubeconfig to have programs of the server run for its credentials (exec). Whoever may add a source can then run any program as the server.',
  }),

  maxMigrationsPerHost: wholeNumber(
    {
      environment: 'OPAL_MAX_MIGRATIONS_PER_HOST',
      group: migrating,
      summary: 'Most virtual machines in flight from one source host.',
      unit: 'virtual machines',
    },
    20,
    { from: 1, to: 10_000 },
  ),
  maxMigrationsPerDatastore: wholeNumber(
    {
      environment: 'OPAL_MAX_MIGRATIONS_PER_DATASTORE',
      group: migrating,
      summary: 'Most virtual machines in flight from one source datastore.',
      unit: 'virtual machines',
    },
    20,
    { from: 1, to: 10_000 },
  ),
  maxMigrationsPerSourceCluster: wholeNumber(
    {
      environment: 'OPAL_MAX_MIGRATIONS_PER_SOURCE_CLUSTER',
      group: migrating,
      summary: 'Most virtual machines in flight from one compute cluster of a source.',
      unit: 'virtual machines',
    },
    60,
    { from: 1, to: 10_000 },
  ),
  maxMigrationsPerTargetCluster: wholeNumber(
    {
      environment: 'OPAL_MAX_MIGRATIONS_PER_TARGET_CLUSTER',
      group: migrating,
      summary: 'Most virtual machines in flight into one target cluster.',
      unit: 'virtual machines',
    },
    100,
    { from: 1, to: 10_000 },
  ),
  workerConcurrency: wholeNumber(
    {
      environment: 'OPAL_WORKER_CONCURRENCY',
      group: migrating,
      summary: 'Most virtual machines that one worker handles at the same moment.',
      unit: 'virtual machines',
    },
    20,
    { from: 1, to: 10_000 },
  ),
  targetStartTimeoutMs: duration(
    {
      environment: 'OPAL_TARGET_START_TIMEOUT',
      group: migrating,
      summary:
        'Time that a migrated virtual machine has until its guest runs; after it the migration of the machine counts as failed, and can be retried.',
    },
    '10m',
    { from: '10s', to: '1d' },
  ),
  podStartTimeoutMs: duration(
    {
      environment: 'OPAL_POD_START_TIMEOUT',
      group: migrating,
      summary:
        'Time that the Pod of a guest conversion or of a hook has until it runs; after it the migration of the machine counts as failed, and can be retried.',
    },
    '10m',
    { from: '10s', to: '1d' },
  ),

  serverUrl: text(
    {
      environment: 'OPAL_URL',
      group: client,
      summary: 'Server that the command line talks to.',
    },
    'http://127.0.0.1:4400',
    'an address that starts with http:// or https://',
  ),
  token: optionalText({
    environment: 'OPAL_TOKEN',
    group: client,
    summary:
      'Token of the command line. Without it the first token in the data folder is used, where it can be read.',
    secret: true,
  }),
} as const satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof options;

/** The configuration: every option with its value, times in milliseconds and amounts in bytes. */
export type Configuration = {
  readonly [Name in OptionName]: z.output<(typeof options)[Name]['schema']>;
};
