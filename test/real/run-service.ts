import { connect } from 'node:net';
import { inject } from 'vitest';
import type { ServiceAddresses, ServiceName } from './provided-context.js';

/** Asks the test run for a service, which is started if this is the first time. */
export async function runService<Name extends ServiceName>(
  name: Name,
): Promise<ServiceAddresses[Name]> {
  const text = await new Promise<string>((resolve, reject) => {
    const connection = connect(inject('realServicesSocket'));
    let received = '';
    connection.on('error', reject);
    connection.on('data', (chunk: Buffer) => (received += chunk.toString('utf8')));
    connection.on('end', () => {
      resolve(received);
    });
    connection.end(name);
  });
  // Both ends of this socket are the test run itself.
  const reply = JSON.parse(text) as { address?: ServiceAddresses[Name]; error?: string };
  if (reply.address === undefined) throw new Error(`${name} did not start: ${reply.error ?? text}`);
  return reply.address;
}
