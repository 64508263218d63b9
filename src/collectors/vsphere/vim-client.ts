import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { VsphereConfiguration } from './configuration.js';
import {
  NotVsphereError,
  VimFaultError,
  VsphereAnswerError,
  VsphereBusyError,
  VsphereLoginError,
  VsphereUnreachableError,
} from './errors.js';
import { HttpTransport } from './http-transport.js';
import type { ManagedObjectReference } from './raw.js';
import { AnswerReader } from './soap/answer-reader.js';
import { serviceContent, userSession, type ServiceContent } from './soap/answers.js';
import { referenceArgument } from './soap/arguments.js';
import { callOperation, type Secrets } from './soap/envelope-writer.js';
import type { OperationName } from './soap/operations.js';

const serviceInstance: ManagedObjectReference = {
  type: 'ServiceInstance',
  value: 'ServiceInstance',
};

/** The oldest version that is spoken: it knows everything that is asked before the login. */
const firstVersion = '6.0';
const attempts = 4;
const firstDelayMs = 500;
const logoutTimeoutMs = 10_000;

/** Operations that change nothing, so that a lost answer may be asked for again. */
const repeatable: ReadonlySet<OperationName> = new Set<OperationName>([
  'RetrieveServiceContent',
  'CurrentTime',
  'RetrievePropertiesEx',
  'HasPrivilegeOnEntities',
  'FetchUserPrivilegeOnEntities',
]);

/** Operations about something that died with the session; to repeat them in a new one is no use. */
const sessionBound: ReadonlySet<OperationName> = new Set<OperationName>([
  'Login',
  'Logout',
  'ContinueRetrievePropertiesEx',
  'CancelRetrievePropertiesEx',
  'CreatePropertyCollector',
  'CreateFilter',
  'DestroyPropertyFilter',
  'WaitForUpdatesEx',
  'CancelWaitForUpdates',
]);

export interface CallSettings {
  readonly signal: AbortSignal;
  /** Longest silence, where it differs from the configured one. */
  readonly silenceMs?: number;
  readonly secrets?: Secrets;
}

const passes = (error: unknown): error is VsphereBusyError | VsphereUnreachableError =>
  error instanceof VsphereBusyError || error instanceof VsphereUnreachableError;

/** Speaks vim25 to one server: envelopes, the session cookie, faults, and another try where it is safe. */
export class VimClient {
  readonly transport: HttpTransport;
  private cookie: string | undefined;
  private version = firstVersion;
  private sessionKey: string | undefined;
  private known: ServiceContent | undefined;

  constructor(readonly configuration: VsphereConfiguration) {
    const { address, fingerprint, authority } = configuration;
    this.transport = new HttpTransport(address, { fingerprint, authority });
  }

  get address(): string {
    return this.configuration.address;
  }

  /** What the server is; known after {@link connect}. */
  get content(): ServiceContent {
    if (this.known === undefined) {
      throw new VsphereAnswerError(this.address, 'RetrieveServiceContent', 'it was not asked yet');
    }
    return this.known;
  }

  /** Key of the session, `undefined` while nobody is logged in. */
  get session(): string | undefined {
    return this.sessionKey;
  }

  /**
   * Asks what the server is, without a login.
   *
   * @throws NotVsphereError where something else answers.
   */
  async connect(signal: AbortSignal): Promise<ServiceContent> {
    try {
      this.known = await this.ask('RetrieveServiceContent', serviceInstance, {}, serviceContent, {
        signal,
      });
    } catch (error) {
      if (!(error instanceof VsphereAnswerError)) throw error;
      throw new NotVsphereError(this.address, error.why);
    }
    this.version = this.known.about.apiVersion || firstVersion;
    return this.known;
  }

  /** @throws VsphereLoginError where name or password are refused. */
  async login(signal: AbortSignal): Promise<void> {
    const { username, password } = this.configuration;
    const placeholders = { userName: randomUUID(), password: randomUUID() };
    const secrets = new Map([
      [placeholders.userName, username],
      [placeholders.password, password],
    ]);
    this.cookie = undefined;
    try {
      const session = await this.ask(
        'Login',
        this.content.sessionManager,
        placeholders,
        userSession,
        { signal, secrets },
      );
      this.sessionKey = session.key;
    } catch (error) {
      if (!(error instanceof VimFaultError) || error.retryable) throw error;
      throw new VsphereLoginError(this.address, username, error.why);
    }
  }

  /** Ends the session and the connections. Never throws: the caller has its own error to report. */
  async close(): Promise<void> {
    if (this.sessionKey !== undefined) {
      const { sessionManager } = this.content;
      this.sessionKey = undefined;
      const signal = AbortSignal.timeout(logoutTimeoutMs);
      // A session that cannot be ended here ends by the server's own idle limit.
      await this.call('Logout', sessionManager, {}, { signal }).catch(() => undefined);
    }
    this.transport.close();
  }

  /** Calls an operation with one answer, which is parsed. */
  async ask<T>(
    operation: OperationName,
    target: ManagedObjectReference,
    argument: object,
    answer: z.ZodType<T>,
    settings: CallSettings,
  ): Promise<T> {
    const [value] = await this.call(operation, target, argument, settings);
    const parsed = answer.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
    throw new VsphereAnswerError(this.address, operation, `it has another form (${where})`);
  }

  /** Calls an operation; the answer's values are as the table of types decodes them. */
  async call(
    operation: OperationName,
    target: ManagedObjectReference,
    argument: object,
    settings: CallSettings,
  ): Promise<readonly unknown[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.exchange(operation, target, argument, settings);
      } catch (error) {
        if (attempt >= attempts) throw error;
        if (attempt === 1 && this.hasLostItsSession(operation, error)) {
          await this.login(settings.signal);
        } else {
          if (!repeatable.has(operation) || !passes(error)) throw error;
          await this.pause(error, attempt, settings.signal);
        }
      }
    }
  }

  private async pause(
    error: VsphereBusyError | VsphereUnreachableError,
    attempt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const asked = error instanceof VsphereBusyError ? error.retryAfterMs : undefined;
    const backOff = firstDelayMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
    await delay(asked ?? backOff, undefined, { signal });
  }

  /**
   * The server ended the session: idle too long, restarted, or ended by an administrator. It refused
   * the call before doing anything, so that every operation may be repeated after a new login.
   */
  private hasLostItsSession(operation: OperationName, error: unknown): boolean {
    return (
      this.sessionKey !== undefined &&
      !sessionBound.has(operation) &&
      error instanceof VimFaultError &&
      error.fault === 'NotAuthenticated'
    );
  }

  private async exchange(
    operation: OperationName,
    target: ManagedObjectReference,
    argument: object,
    settings: CallSettings,
  ): Promise<readonly unknown[]> {
    const reader = new AnswerReader(this.address, operation);
    let values: readonly unknown[] = [];
    await callOperation(
      operation,
      { _this: referenceArgument(target), ...argument },
      async (envelope) => {
        const { status, headers } = await this.transport.call({
          name: operation,
          method: 'POST',
          path: '/sdk',
          headers: {
            'content-type': 'text/xml; charset=utf-8',
            soapaction: `"urn:vim25/${this.version}"`,
            ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
          },
          body: envelope,
          signal: settings.signal,
          silenceMs: settings.silenceMs ?? this.configuration.timeoutSeconds * 1000,
          receive: (text) => {
            reader.write(text);
          },
        });
        this.keepCookie(headers['set-cookie']);
        values = reader.finish(status);
      },
      settings.secrets,
    );
    return values;
  }

  private keepCookie(lines: readonly string[] | undefined): void {
    const line = lines?.find((each) => each.startsWith('vmware_soap_session='));
    if (line !== undefined) this.cookie = line.split(';', 1)[0];
  }
}
