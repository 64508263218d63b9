import { createServer } from 'node:net';
import { ok, problem, type DoctorCheck } from './finding.js';
import { systemCause } from '../embedded/embedded-service-error.js';

function tryListening(host: string, port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}

export const portCheck: DoctorCheck = {
  name: 'port',
  run: async ({ configuration: { host, port } }) => {
    const address = `${host}:${String(port)}`;
    const error = await tryListening(host, port);
    if (error === undefined) return [ok('port', `${address} is free`)];
    const { why, remedy } = systemCause(error) ?? {
      why: error.message,
      remedy: 'Give an address of this machine in OPAL_HOST and a free port in OPAL_PORT',
    };
    return [problem('port', 'failed', `The server cannot listen on ${address}`, why, remedy)];
  },
};
