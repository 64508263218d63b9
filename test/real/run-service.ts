import { connect } from 'node:net';
import { inject } from 'vitest';
import type { ServiceAddresses, ServiceName } from './provided-context.js';

/** Files that run at the same time are in lanes of their own; vitest numbers them. */
const lane = process.env.VITEST_POOL_ID ?? '1';

/**
 * Asks the test run for a service of this file's lane, which is started if this is the first time.
 * No other file uses it until this one has ended.
 */
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
    connection.end(`${name} ${lane}`);
  });
  // Both ends of this socket are the test run itself.
  const reply = JSON.parse(text) as { address?: ServiceAddresses[Name]; error?: string };
  if (reply.address === undefined) throw new Error(`${name} did not start: ${reply.error ?? text}`);
  return reply.address;
}
