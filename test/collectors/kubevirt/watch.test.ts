import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kubevirtCollector } from '../../../src/collectors/kubevirt/index.js';
import type { CollectorChange } from '../../../src/collectors/contract.js';
import {
  clusterConfiguration,
  resources,
  type ClusterConfiguration,
} from '../../../src/kubernetes/index.js';
import { newNamespace, realCluster, type RealCluster } from '../../kubernetes/real-cluster.js';
import { readWhole, recordsOf } from './read-whole.js';
import { attachment, machine } from './target-objects.js';

let real: RealCluster;
let namespace: string;
let configuration: ClusterConfiguration;
let stop: AbortController;

beforeAll(async () => {
  real = await realCluster();
  configuration = clusterConfiguration.parse({ kubeconfigPath: real.kubeconfigPath });
});

beforeEach(async () => {
  namespace = await newNamespace('watch');
  stop = new AbortController();
});

afterEach(() => {
  stop.abort();
});

const isAbout = (change: CollectorChange, externalId: string): boolean =>
  (change.type === 'changed' ? change.object.externalId : change.externalId) === externalId;

/** Watches from a place until a change of the object fulfils the condition. */
async function changeOf(
  since: string,
  externalId: string,
  fits: (change: CollectorChange) => boolean = () => true,
): Promise<{ readonly change: CollectorChange; readonly since: string }> {
  return kubevirtCollector.around(
    configuration,
    async (session) => {
      for await (const burst of kubevirtCollector.watch(session, since, stop.signal)) {
        const change = burst.changes.find((one) => isAbout(one, externalId) && fits(one));
        if (change !== undefined) return { change, since: burst.since };
      }
      throw new Error(`no change of ${externalId}`);
    },
    stop.signal,
  );
}

const powerStateOf = (change: CollectorChange): unknown =>
  change.type === 'changed'
    ? recordsOf([change.object]).find((record) => record.kind === 'VirtualMachine')?.properties
        .powerState
    : undefined;

describe('a watch of a target', () => {
  it('tells of new, changed and removed objects after the place of a full read', async () => {
    const { proof } = await readWhole(configuration);
    const made = attachment(namespace, '{"type":"bridge","bridge":"br0"}');
    const { metadata } = await real.cluster.apply(resources.networkAttachment, made);
    const added = await changeOf(proof.since, `${namespace}/lan`);
    expect(added.change).toMatchObject({ type: 'changed', object: { type: 'NetworkAttachment' } });
    const uid = metadata.uid ?? '';
    await real.cluster.remove(resources.networkAttachment, { namespace, name: 'lan', uid });
    const removed = await changeOf(added.since, `${namespace}/lan`);
    expect(removed.change).toEqual({
      type: 'removed',
      objectType: 'NetworkAttachment',
      externalId: `${namespace}/lan`,
    });
  });

  it('tells of a removal that happened between the read and the watch', async () => {
    const made = attachment(namespace, '{"type":"bridge","bridge":"br0"}');
    const { metadata } = await real.cluster.apply(resources.networkAttachment, made);
    const { proof } = await readWhole(configuration);
    const uid = metadata.uid ?? '';
    await real.cluster.remove(resources.networkAttachment, { namespace, name: 'lan', uid });
    const { change } = await changeOf(proof.since, `${namespace}/lan`);
    expect(change.type).toBe('removed');
  });

  it('tells that a machine runs once its instance does', async () => {
    const { proof } = await readWhole(configuration);
    const made = machine(namespace, 'web', { runStrategy: 'Always' });
    await real.cluster.apply(resources.virtualMachine, {
      ...made,
      spec: diskless(),
    });
    const { change } = await changeOf(
      proof.since,
      `${namespace}/web`,
      (one) => powerStateOf(one) === 'poweredOn',
    );
    expect(change.type).toBe('changed');
  });

  it('asks for a new full read where its place cannot be understood', async () => {
    await expect(changeOf('yesterday', 'anything')).rejects.toMatchObject({
      code: 'kubevirt.place-not-readable',
      retryable: true,
    });
  });
});

/** A machine that needs no storage, so that the lab can run it. */
const diskless = () => ({
  runStrategy: 'Always',
  template: {
    spec: {
      domain: {
        memory: { guest: '128Mi' },
        devices: { interfaces: [{ name: 'default', masquerade: {} }] },
      },
      networks: [{ name: 'default', pod: {} }],
    },
  },
});
