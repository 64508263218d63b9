import { connect } from 'node:net';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { clusterConfiguration, connectCluster } from '../../src/kubernetes/index.js';
import { realCluster } from './real-cluster.js';

let proxy: Server;
let tunnels: string[];

beforeEach(async () => {
  tunnels = [];
  proxy = createServer().on('connect', ({ url = '' }, socket, head) => {
    tunnels.push(url);
    const [host, port] = url.split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    for (const end of [socket, target]) end.on('error', () => target.destroy());
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
});

afterEach(() => {
  proxy.closeAllConnections();
  proxy.close();
});

const through = async (authority?: string) => {
  const real = await realCluster();
  const { port } = proxy.address() as AddressInfo;
  const cluster = {
    server: real.cluster.server,
    ...(authority === undefined
      ? {}
      : { 'certificate-authority-data': Buffer.from(authority).toString('base64') }),
    'proxy-url': `http://127.0.0.1:${port}`,
  };
  const kubeconfig = stringify({
    clusters: [{ name: 'one', cluster }],
    users: [{ name: 'me', user: { token: real.token } }],
    contexts: [{ name: 'here', context: { cluster: 'one', user: 'me' } }],
    'current-context': 'here',
  });
  return connectCluster(clusterConfiguration.parse({ kubeconfig }));
};

it('reaches a cluster through the proxy that the kubeconfig names', async () => {
  const real = await realCluster();
  const cluster = await through(real.authority);
  expect((await cluster.version()).platform).toContain('linux');
  expect(new Set(tunnels)).toEqual(new Set([new URL(real.cluster.server).host]));
  await cluster.close();
});

it('sends nothing through a proxy to a server that nobody vouches for', async () => {
  const cluster = await through();
  await expect(cluster.version()).rejects.toMatchObject({ reason: 'certificate' });
  await cluster.close();
});
