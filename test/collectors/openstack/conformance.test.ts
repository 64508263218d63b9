import { openstackCollector } from '../../../src/collectors/openstack/index.js';
import { collectorConformance } from '../conformance/collector-conformance.js';
import { RecordedCloud } from './recorded-cloud.js';

collectorConformance('OpenStack', async () => {
  const cloud = await RecordedCloud.start();
  return {
    collector: openstackCollector,
    configuration: cloud.configuration({ pageSize: 20, pollSeconds: 0.5 }),
    openSessions: () => Promise.resolve(cloud.tokens.size),
    close: () => cloud.stop(),
  };
});
