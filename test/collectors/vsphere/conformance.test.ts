import { vsphereCollector } from '../../../src/collectors/vsphere/index.js';
import { startVcsim } from '../../lab/vcsim.js';
import { collectorConformance } from '../conformance/collector-conformance.js';

collectorConformance('vSphere', async () => {
  const vcsim = await startVcsim({
    datacenters: 1,
    clusters: 1,
    hosts: 2,
    machines: 5,
    portGroups: 1,
    vApps: 1,
    storagePods: 1,
  });
  return {
    collector: vsphereCollector,
    configuration: {
      address: vcsim.host,
      username: vcsim.username,
      password: vcsim.password,
      fingerprint: vcsim.sha256,
      pageSize: 4,
    },
    openSessions: async () => (await vcsim.admin.sessions()).length,
    close: () => vcsim.stop(),
  };
});
