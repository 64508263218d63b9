import { z } from 'zod';
import { Access } from './access/access.js';
import { endpointOf } from './access/endpoints.js';
import { services, type ServiceName } from './access/services.js';
import type { Token } from './access/token.js';
import type { OpenstackConfiguration } from './configuration.js';
import {
  OpenstackAnswerError,
  OpenstackForbiddenError,
  OpenstackNotFoundError,
  OpenstackTokenError,
} from './errors.js';
import { explanationOf } from './http/explanation.js';
import { OpenstackTransport, type HttpAnswer } from './http/transport.js';

export type Query = Readonly<Record<string, string>>;

const versionDocument = z.object({ version: z.string(), min_version: z.string().optional() });
const versionAnswer = z.union([
  z.object({ version: versionDocument }).transform(({ version }) => version),
  z
    .object({ versions: z.tuple([versionDocument], z.unknown()) })
    .transform((all) => all.versions[0]),
]);

export interface ServiceCall {
  readonly service: ServiceName;
  /** Begins with a slash and follows the version of the endpoint. */
  readonly path: string;
  readonly query?: Query;
  /** Newest minor version to ask for, where later ones leave out what is wanted. */
  readonly newestMinor?: number | undefined;
}

const minorOf = (microversion: string | undefined): number =>
  Number(microversion?.split('.')[1] ?? 0);

function atMost(negotiated: string | undefined, newest: number | undefined): string | undefined {
  if (negotiated === undefined || newest === undefined) return negotiated;
  return negotiated.replace(/\d+$/u, String(Math.min(minorOf(negotiated), newest)));
}

/** Calls the services of one cloud within one login. */
export class OpenstackClient {
  readonly transport: OpenstackTransport;
  private readonly access: Access;
  private readonly microversions = new Map<ServiceName, Promise<string | undefined>>();

  constructor(
    readonly configuration: OpenstackConfiguration,
    firstPauseMs?: number,
  ) {
    this.transport = new OpenstackTransport(configuration, firstPauseMs);
    this.access = new Access(configuration, this.transport);
  }

  /** The login; the first call makes it. */
  token(signal: AbortSignal): Promise<Token> {
    return this.access.token(signal);
  }

  /**
   * What a service answers to a GET.
   *
   * @throws OpenstackForbiddenError, OpenstackNotFoundError, OpenstackEndpointError,
   * OpenstackTokenError, OpenstackAnswerError and whatever the transport throws.
   */
  async get(call: ServiceCall, signal: AbortSignal): Promise<unknown> {
    const { service, path, query = {}, newestMinor } = call;
    const microversion = atMost(await this.microversion(service, signal), newestMinor);
    const first = await this.attempt(service, path, query, microversion, signal);
    // The token may have been revoked, or the service restarted: one new login is worth a try.
    const answer =
      first.status === 401 && this.configuration.authType !== 'token'
        ? await this.attempt(service, path, query, microversion, signal)
        : first;
    return this.bodyOf(`GET ${path}`, answer);
  }

  /** Negotiated version of a service's API; undefined where it has none to negotiate. */
  microversion(service: ServiceName, signal: AbortSignal): Promise<string | undefined> {
    const known = this.microversions.get(service);
    if (known !== undefined) return known;
    const negotiated = this.negotiate(service, signal);
    this.microversions.set(service, negotiated);
    negotiated.catch(() => this.microversions.delete(service));
    return negotiated;
  }

  /** Whether the negotiated version is at least the given one. */
  async atLeast(service: ServiceName, minor: number, signal: AbortSignal): Promise<boolean> {
    return minorOf(await this.microversion(service, signal)) >= minor;
  }

  /** Gives the login back. Never throws. */
  async close(): Promise<void> {
    await this.access.close(AbortSignal.timeout(10_000));
    this.transport.close();
  }

  private async attempt(
    service: ServiceName,
    path: string,
    query: Query,
    microversion: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const token = await this.token(signal);
    const search = new URLSearchParams(query).toString();
    const answer = await this.transport.call({
      method: 'GET',
      url: `${this.base(service, token)}${path}${search === '' ? '' : `?${search}`}`,
      headers: {
        'x-auth-token': token.secret,
        ...(microversion === undefined ? {} : { 'openstack-api-version': microversion }),
      },
      signal,
    });
    if (answer.status === 401) this.access.refused(token);
    return answer;
  }

  private base(service: ServiceName, token: Token): string {
    return service === 'identity'
      ? `${this.configuration.address}/v3`
      : endpointOf(token, service, this.configuration);
  }

  private async negotiate(service: ServiceName, signal: AbortSignal): Promise<string | undefined> {
    const { microversion } = services[service];
    if (microversion === undefined) return undefined;
    const token = await this.token(signal);
    // The document of a version lies above the project that older endpoints name.
    const base = this.base(service, token).replace(/(\/v\d[\d.]*)(?:\/.*)?$/u, '$1/');
    const headers = { 'x-auth-token': token.secret };
    const answer = await this.transport.call({ method: 'GET', url: base, headers, signal });
    const document = versionAnswer.safeParse(answer.body);
    if (!document.success) return undefined;
    const [major, newest] = document.data.version.split('.');
    if (major === undefined || newest === undefined) return undefined;
    const minor = Math.min(Number(newest), microversion.newest);
    return Number.isNaN(minor) ? undefined : `${microversion.name} ${major}.${minor}`;
  }

  private bodyOf(call: string, answer: HttpAnswer): unknown {
    const { address } = this.configuration;
    const { status, body } = answer;
    if (status >= 200 && status < 300) return body;
    const why = explanationOf(answer);
    switch (status) {
      case 401:
        throw new OpenstackTokenError(address, why, this.configuration.authType !== 'token');
      case 403:
        throw new OpenstackForbiddenError(address, call, why);
      case 404:
        throw new OpenstackNotFoundError(address, call, why);
      default:
        throw new OpenstackAnswerError(address, call, why, status);
    }
  }
}
