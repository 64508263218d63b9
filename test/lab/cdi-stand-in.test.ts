import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { resources } from '../../src/kubernetes/index.js';
import { realCluster, newNamespace } from '../kubernetes/real-cluster.js';
import { eventually } from './eventually.js';

const quotaStatus = z.object({ hard: z.object({}) });
const importStatus = z.object({ phase: z.string().optional() });

it('an import that is refused for a while goes on by itself', async () => {
  const { cluster } = await realCluster();
  const namespace = await newNamespace('refusing');
  const quota = { namespace, name: 'no-claims' };
  await cluster.create(resources.resourceQuota, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: quota,
    spec: { hard: { persistentvolumeclaims: '0' } },
  });
  const { uid = '' } = await eventually('the quota is in force', async () => {
    const found = await cluster.get(resources.resourceQuota, quota);
    return quotaStatus.safeParse(found?.status).success && found?.metadata;
  });
  await cluster.create(resources.dataVolume, {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name: 'later', namespace },
    spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '1Gi' } } } },
  });
  const phase = async (): Promise<string | undefined> => {
    const found = await cluster.get(resources.dataVolume, { namespace, name: 'later' });
    return importStatus.parse(found?.status ?? {}).phase;
  };
  await sleep(1_500);
  expect(await phase()).toBeUndefined();
  await cluster.remove(resources.resourceQuota, { ...quota, uid });
  await eventually('the import is done', async () => (await phase()) === 'Succeeded');
});
