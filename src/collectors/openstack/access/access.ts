import { z } from 'zod';
import type { OpenstackConfiguration } from '../configuration.js';
import { OpenstackAnswerError, OpenstackLoginError } from '../errors.js';
import type { HttpAnswer, OpenstackTransport } from '../http/transport.js';
import { explanationOf } from '../http/explanation.js';
import { loginRequest } from './login-request.js';
import { tokenAnswer, type Token } from './token.js';

/** A token is renewed this long before it ends, so that no call meets its end. */
const renewBeforeMs = 120_000;

/** Logs in, renews what is about to end, and gives it back. */
export class Access {
  private current: Promise<Token> | undefined;

  constructor(
    private readonly configuration: OpenstackConfiguration,
    private readonly transport: OpenstackTransport,
  ) {}

  /** @throws OpenstackLoginError, and whatever the transport throws. */
  async token(signal: AbortSignal): Promise<Token> {
    const held = await this.current?.catch(() => undefined);
    if (held !== undefined && held.endsAt - renewBeforeMs > Date.now()) return held;
    // A token that cannot be renewed is used to its end.
    if (held !== undefined && this.configuration.authType === 'token') return held;
    this.current = this.login(signal);
    return this.current;
  }

  /** Lets go of a token that a service refused; the next call logs in again. */
  refused(token: Token): void {
    void this.current?.then(
      (held) => {
        if (held === token) this.current = undefined;
      },
      () => undefined,
    );
  }

  /** Ends the login at the cloud. Never throws. A token that somebody else obtained stays good. */
  async close(signal: AbortSignal): Promise<void> {
    const held = await this.current?.catch(() => undefined);
    this.current = undefined;
    if (held === undefined || this.configuration.authType === 'token') return;
    const headers = { 'x-auth-token': held.secret, 'x-subject-token': held.secret };
    await this.transport
      .call({ method: 'DELETE', url: this.url, headers, signal })
      .catch(() => undefined);
  }

  private get url(): string {
    return `${this.configuration.address}/v3/auth/tokens`;
  }

  private async login(signal: AbortSignal): Promise<Token> {
    const before = Date.now();
    const answer = await this.transport.call({
      method: 'POST',
      url: this.url,
      body: loginRequest(this.configuration),
      signal,
    });
    if (answer.status !== 201) throw this.refusal(answer);
    const secret = z.string().min(1).safeParse(answer.headers['x-subject-token']);
    const said = tokenAnswer.safeParse(answer.body);
    if (!secret.success || !said.success) {
      const why = 'it is no token of Keystone v3';
      throw new OpenstackAnswerError(this.configuration.address, 'the login', why);
    }
    const { token } = said.data;
    const lifeMs = Date.parse(token.expires_at ?? '') - Date.parse(token.issued_at);
    return {
      secret: secret.data,
      issuedAt: token.issued_at,
      // Issued somewhere between the two looks at our clock.
      clockSkewMs: Date.parse(token.issued_at) - (before + Date.now()) / 2 || 0,
      // By its length, since the two clocks may differ.
      endsAt: Number.isNaN(lifeMs) ? Infinity : Date.now() + lifeMs,
      userId: token.user.id,
      projectId: token.project?.id,
      roles: token.roles.map(({ name }) => name).sort(),
      catalogue: token.catalog,
    };
  }

  private refusal(answer: HttpAnswer): Error {
    const { address } = this.configuration;
    const why = explanationOf(answer);
    if (answer.status === 401 || answer.status === 403) {
      return new OpenstackLoginError(address, why);
    }
    const hint =
      answer.status === 404 ? `${why}; is this the address of the identity service?` : why;
    return new OpenstackAnswerError(address, 'the login', hint, answer.status);
  }
}
