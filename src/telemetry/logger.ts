import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { PinoPretty } from 'pino-pretty';

/** The one logger type of the product: structured fields first, then a sentence. */
export type Logger = PinoLogger;

/** Accepted values of `OPAL_LOG_LEVEL`, from the most to the least talkative. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Field names whose value is never written, at whatever depth they stand (compared without case, `_` and `-`). */
const secretFields = new Set([
  'password',
  'passwd',
  'passphrase',
  'secret',
  'clientsecret',
  'token',
  'accesstoken',
  'refreshtoken',
  'authorization',
  'cookie',
  'setcookie',
  'credentials',
  'privatekey',
  'apikey',
  'kubeconfig',
]);

const redacted = '[redacted]';
const maximumDepth = 8;
const credentialsInUrl = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/giu;
const bearerToken = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gu;

/** Removes user information from URLs and the value of authorization headers from running text. */
export function redactText(text: string): string {
  return text.replace(credentialsInUrl, `$1${redacted}@`).replace(bearerToken, `$1 ${redacted}`);
}

function isSecretField(name: string): boolean {
  return secretFields.has(name.replace(/[_-]/gu, '').toLowerCase());
}

function hasOwnJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(error)) {
    fields[name] = isSecretField(name) ? redacted : redactValue(value, depth + 1);
  }
  return {
    ...fields,
    type: error.name,
    message: redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
  };
}

/**
 * A copy of `value` fit for a log, an audit entry or an export: secret fields by name, credentials
 * in URLs and authorization headers are replaced; objects with a `toJSON` speak for themselves.
 */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maximumDepth) return '[deeper levels left out]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, depth + 1));
  if (hasOwnJson(value)) {
    const plain = value.toJSON();
    return typeof plain === 'object' ? redactValue(plain, depth + 1) : plain;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecretField(name) ? redacted : redactValue(field, depth + 1),
    ]),
  );
}

function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      isSecretField(name) ? redacted : redactValue(field, 1),
    ]),
  );
}

function standardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: true });
}

/** Standard error: for people where it is a terminal, one JSON object a line everywhere else. */
export function terminalDestination(): DestinationStream {
  if (!process.stderr.isTTY) return standardError();
  return PinoPretty({ destination: 2, sync: true, translateTime: 'HH:MM:ss', ignore: 'service' });
}

/**
 * Makes the root logger; parts take a `logger.child({ part: 'executor' })`. Every record passes
 * through {@link redactValue} before it is written.
 *
 * @param destination where lines go, standard error if left out: standard output belongs to results.
 */
export function createLogger(
  level: LogLevel = 'info',
  destination: DestinationStream = standardError(),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      // The formatter above has already turned errors into redacted fields.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(inputs, method) {
          const [first, ...rest] = inputs;
          const texts = rest.map((part: unknown) =>
            typeof part === 'string' ? redactText(part) : part,
          );
          method.apply(this, [typeof first === 'string' ? redactText(first) : first, ...texts] as [
            string,
          ]);
        },
      },
    },
    destination,
  );
}
