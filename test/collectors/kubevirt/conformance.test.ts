import { kubevirtCollector } from '../../../src/collectors/kubevirt/index.js';
import { realCluster } from '../../kubernetes/real-cluster.js';
import { collectorConformance } from '../conformance/collector-conformance.js';

collectorConformance('KubeVirt', async () => {
  const { kubeconfigPath } = await realCluster();
  return { collector: kubevirtCollector, configuration: { kubeconfigPath } };
});
