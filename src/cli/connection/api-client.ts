import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import type { ServerAddress } from './server-address.js';

const problem = z.object({
  message: z.string(),
  extensions: z
    .object({
      code: z.string().optional(),
      what: z.string().optional(),
      subject: z.string().optional(),
      why: z.string().optional(),
      remedy: z.string().optional(),
      retryable: z.boolean().optional(),
    })
    .loose()
    .optional(),
});

const reply = z.object({
  data: z.unknown().optional(),
  errors: z.array(problem).optional(),
});

/** Selection of the errors that `mutate` reads; every mutation asks for it. */
export const errorFields = 'userErrors { code message field remedy retryable }';

const userError = z.object({
  code: z.string(),
  message: z.string(),
  field: z.string().nullish(),
  remedy: z.string().nullish(),
  retryable: z.boolean().nullish(),
});

const payloadWithErrors = z.object({ userErrors: z.array(userError).optional() }).loose();

const notFoundCode = /not[-_.]?found|unknown/i;

const exitCodeOf = (code: string | undefined): ExitCode => {
  if (code === undefined) return ExitCode.failed;
  if (/unauthenticated|forbidden/i.test(code)) return ExitCode.unreachable;
  return notFoundCode.test(code) ? ExitCode.notFound : ExitCode.failed;
};

const problemError = (first: z.output<typeof problem>): CliError => {
  const { code, what, subject, why, remedy, retryable } = first.extensions ?? {};
  return new CliError(
    {
      code: code ?? 'api.failed',
      what: what ?? first.message,
      subject: subject ?? 'the request',
      why: why ?? '',
      remedy: remedy ?? 'Run the command with --help, or look into the log of the server.',
      retryable: retryable ?? false,
    },
    exitCodeOf(code),
  );
};

/**
 * A user error as the facts it was made of. Its message holds them all in one line, so what is also
 * given apart is taken out again: each thing is said once.
 */
export const refusedChange = (refused: z.output<typeof userError>): CliError => {
  const { code, message, retryable } = refused;
  const subject = refused.field ?? 'the request';
  const remedy = refused.remedy ?? 'Change it and try again.';
  const said = message.endsWith(`. ${remedy}`) ? message.slice(0, -remedy.length - 2) : message;
  const mark = ` (${subject}): `;
  const place = said.indexOf(mark);
  return new CliError(
    {
      code,
      what: place < 0 ? said : said.slice(0, place),
      subject,
      why: place < 0 ? '' : said.slice(place + mark.length),
      remedy,
      retryable: retryable ?? false,
    },
    exitCodeOf(code),
  );
};

/** Speaks to the GraphQL API and the export routes of one server. */
export class ApiClient {
  readonly #address: ServerAddress;

  constructor(address: ServerAddress) {
    this.#address = address;
  }

  get url(): string {
    return this.#address.url;
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#address.token}`);
    try {
      return await fetch(`${this.#address.url}${path}`, { ...init, headers });
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new CliError(
        {
          what: 'The server does not answer',
          subject: this.#address.url,
          why: cause instanceof Error ? cause.message : 'the connection failed',
          remedy: 'See whether it runs (opal doctor), or name another with --server.',
          retryable: true,
        },
        ExitCode.unreachable,
        { cause: error },
      );
    }
  }

  #refuseStatus(response: Response): void {
    if (response.status !== 401 && response.status !== 403) return;
    throw new CliError(
      {
        what:
          response.status === 401
            ? 'The server does not know this token'
            : 'Your role may not do this',
        subject: this.#address.url,
        why: `it answered ${response.status}`,
        remedy: 'Ask an admin for a token with the role you need.',
      },
      ExitCode.unreachable,
    );
  }

  /** Runs an operation and parses its data. Throws CliError with the first error's facts. */
  async query<T>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    data: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const response = await this.#send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
      ...(signal === undefined ? {} : { signal }),
    });
    this.#refuseStatus(response);
    const answer = reply.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw this.#unexpected(response);
    const [first] = answer.data.errors ?? [];
    if (first !== undefined) throw problemError(first);
    return data.parse(answer.data.data);
  }

  /** Runs a mutation with one field and throws its first user error as what the person sees. */
  async mutate<T>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    payload: z.ZodType<T>,
  ): Promise<T> {
    const answer = await this.query(document, variables, z.record(z.string(), z.unknown()));
    const [value] = Object.values(answer);
    const { userErrors } = payloadWithErrors.parse(value);
    const [first] = userErrors ?? [];
    if (first === undefined) return payload.parse(value);
    throw refusedChange(first);
  }

  #unexpected(response: Response): CliError {
    return new CliError({
      what: 'The answer is none of this product',
      subject: this.#address.url,
      why: `it answered ${response.status} with something else than GraphQL`,
      remedy: 'See whether the address is right and nothing stands between.',
    });
  }

  /** A streamed answer of an HTTP route. The caller reads its body. */
  async open(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.#send(path, init);
    this.#refuseStatus(response);
    if (response.ok) return response;
    const answer = z
      .object({ errors: z.array(problem).min(1) })
      .safeParse(await response.json().catch(() => undefined));
    const first = answer.success ? answer.data.errors[0] : undefined;
    throw first === undefined ? this.#unexpected(response) : problemError(first);
  }

  /** Values of a subscription until it completes, fails, or the signal aborts. */
  async *subscribe<T>(
    document: string,
    variables: Record<string, unknown>,
    data: z.ZodType<T>,
    signal: AbortSignal,
  ): AsyncGenerator<T> {
    const client: Client = createClient({
      url: `${this.#address.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.#address.token}` },
    });
    if (signal.aborted) return;
    // Leaving the loop would wait for the next value, which may never come.
    signal.addEventListener('abort', () => void client.dispose(), { once: true });
    try {
      for await (const message of client.iterate({ query: document, variables })) {
        const [first] = message.errors ?? [];
        if (first !== undefined) throw problemError(problem.parse(first));
        yield data.parse(message.data);
      }
    } finally {
      await client.dispose();
    }
  }
}
