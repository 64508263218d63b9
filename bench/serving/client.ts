import { Agent, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { GraphqlRequest } from './requests.js';

/** Sends requests to one server, over one connection that is kept. */
export class ApiClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    readonly address: string,
    private readonly token: string,
  ) {}

  /** The bytes of the whole answer. */
  send(request: GraphqlRequest): Promise<Buffer> {
    const { query, variables } = request;
    const body = JSON.stringify({ query, variables });
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        `${this.address}/graphql`,
        {
          method: 'POST',
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          buffer(response).then(resolve, reject);
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A server ends a connection that was idle for long, perhaps just when it is used again.
        const idle = sent.reusedSocket && error.code === 'ECONNRESET';
        if (idle) this.send(request).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });
  }

  /** The data of the answer; fails for an answer with errors. */
  async ask(request: GraphqlRequest): Promise<unknown> {
    const answer = JSON.parse((await this.send(request)).toString()) as {
      readonly data?: unknown;
      readonly errors?: readonly unknown[];
    };
    if (answer.errors === undefined) return answer.data;
    throw new Error(`${this.address} answered ${JSON.stringify(answer.errors).slice(0, 2_000)}`);
  }

  close(): void {
    this.agent.destroy();
  }
}
