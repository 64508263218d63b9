import { createServer } from 'node:net';
import { once } from 'node:events';

/** Stands in for a Redis that is too old: no such program exists for current systems. */
export async function startOldRedisStandIn(
  version: string,
): Promise<{ readonly port: number; readonly stop: () => void }> {
  const info = `# Server\r\nredis_version:${version}\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n`;
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.on('data', (chunk: Buffer) => {
      // Commands may arrive together; each gets its answer.
      for (const command of chunk.toString('utf8').matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gimu)) {
        const isInfo = command[1]?.toLowerCase() === 'info';
        connection.write(isInfo ? `$${String(info.length)}\r\n${info}\r\n` : '+OK\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, stop: () => server.close() };
}
