import { createServer } from 'node:net';
import { runningServer } from '../address-file.js';
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

/** As above, but content where it is our own running server that has the port. */
export const ownPortCheck: DoctorCheck = {
  name: 'port',
  run: async (context) => {
    const server = runningServer(context.configuration.dataDir);
    const { port } = context.configuration;
    if (server === undefined || Number(new URL(server.address).port) !== port) {
      return portCheck.run(context);
    }
    const { address, pid } = server;
    return [ok('port', `your own server listens at ${address} (process ${String(pid)})`)];
  },
};
