import { createServer } from 'node:net';

/** A TCP port on the loopback address that nothing listens on at this moment. */
export function freeLoopbackPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error('the operating system gave no port number'));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}
