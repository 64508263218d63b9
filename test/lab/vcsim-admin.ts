import { request } from 'undici';
import { z } from 'zod';
import { LabError } from './lab-error.js';

/** A failure to inject. Matchers left out match every call. */
export interface FaultRule {
  /** SOAP method, or HTTP method where `path` is a REST path. */
  readonly method?: string;
  readonly objectType?: string;
  readonly objectId?: string;
  /** Prefix of the URL path; `/sdk` by default. */
  readonly path?: string;
  /** Lets this many matching calls pass first. */
  readonly skip?: number;
  /** How often the rule applies; until it is removed by default. */
  readonly count?: number;
  readonly action:
    | 'delay'
    | 'drop'
    | 'hang'
    | 'status'
    | 'fault'
    | 'truncate'
    /** The call takes effect, but its answer never arrives. */
    | 'executeThenDrop'
    | 'executeThenHang';
  /** For `status`. */
  readonly status?: number;
  /** For `fault`: a type of vim25, for instance NotAuthenticated. */
  readonly fault?: string;
  /** For the fault ManagedObjectNotFound: id of the machine that it names. */
  readonly missing?: string;
  /** For the fault NoPermission: the privilege that it names. */
  readonly privilege?: string;
  /** Length of a delay or of a hang. */
  readonly milliseconds?: number;
}

const installedRule = z.object({ id: z.number(), hits: z.number() });
const counts = z.object({
  calls: z.record(z.string(), z.number()),
  faulted: z.record(z.string(), z.number()),
});
const traffic = z.record(
  z.string(),
  z.record(z.string(), z.object({ calls: z.number(), bytes: z.number() })),
);
const sessions = z.array(
  z.object({ key: z.string(), userName: z.string(), userAgent: z.string() }),
);
const certificate = z.object({ sha256: z.string(), sha1: z.string(), certificate: z.string() });

/** The controls of a running simulator, on a port of their own. */
export class VcsimAdmin {
  constructor(readonly url: string) {}

  async #call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: string) {
    const response = await request(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) {
      throw new LabError({
        what: 'The simulator refused an instruction',
        subject: `${method} ${path}`,
        why: text,
        remedy: 'Compare it with test/lab/go/vcsim/admin.go',
      });
    }
    return JSON.parse(text) as unknown;
  }

  /** Adds a rule and returns its number. */
  async inject(rule: FaultRule): Promise<number> {
    return installedRule.parse(await this.#call('POST', '/rules', JSON.stringify(rule))).id;
  }

  /** How often a rule was applied. */
  async hits(rule: number): Promise<number> {
    const rules = z.array(installedRule).parse(await this.#call('GET', '/rules'));
    return rules.find(({ id }) => id === rule)?.hits ?? 0;
  }

  async removeRules(): Promise<void> {
    await this.#call('DELETE', '/rules');
  }

  /** Calls per SOAP method since the start or the last reset, and how many of them failed. */
  async counts(): Promise<z.infer<typeof counts>> {
    return counts.parse(await this.#call('GET', '/calls'));
  }

  /** Calls and bytes of answers since the start or the last reset: by user agent, then method. */
  async traffic(): Promise<z.infer<typeof traffic>> {
    return traffic.parse(await this.#call('GET', '/traffic'));
  }

  async resetCounts(): Promise<void> {
    await this.#call('DELETE', '/calls');
  }

  /** Sessions that are open now. */
  async sessions(): Promise<z.infer<typeof sessions>> {
    return sessions.parse(await this.#call('GET', '/sessions'));
  }

  /** From now on the privilege questions are answered with no for these ids. */
  async denyPrivileges(ids: readonly string[]): Promise<void> {
    await this.#call('PUT', '/privileges', JSON.stringify({ denied: ids }));
  }

  async setShutdownDelay(milliseconds: number): Promise<void> {
    await this.#call('PUT', '/guests', JSON.stringify({ milliseconds }));
  }

  /** A hung guest accepts ShutdownGuest and never turns off. */
  async setHung(machine: string, hung: boolean): Promise<void> {
    await this.#call('PUT', `/guests/${machine}`, JSON.stringify({ hung }));
  }

  /** Makes a new certificate on the same port; open connections keep the old one. */
  async rotateCertificate(): Promise<z.infer<typeof certificate>> {
    return certificate.parse(await this.#call('POST', '/certificate'));
  }

  /**
   * Sets properties of an object and announces the change to every waiting collector.
   *
   * @param properties - property path to the XML of its value, for instance
   *   `{ 'config.changeTrackingEnabled': '<val xsi:type="xsd:boolean">true</val>' }`
   */
  async setProperties(
    type: string,
    id: string,
    properties: Readonly<Record<string, string>>,
  ): Promise<void> {
    const set = Object.entries(properties)
      .map(([name, value]) => `<propSet><name>${name}</name>${value}</propSet>`)
      .join('');
    await this.#call(
      'POST',
      '/properties',
      `<ObjectContent xmlns="urn:vim25" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><obj type="${type}">${id}</obj>${set}</ObjectContent>`,
    );
  }
}
