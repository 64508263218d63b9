import { describe, expect, it } from 'vitest';
import { proposeNetwork } from '../../src/planner/mapping/propose-networks.js';
import { proposeStorage } from '../../src/planner/mapping/propose-storage.js';
import type {
  NetworkAttachmentFacts,
  StorageClassFacts,
} from '../../src/planner/target/target-facts.js';
import { gibibyte, targetFactsOf } from './facts.js';

const attachment = (
  name: string,
  more: Partial<NetworkAttachmentFacts> = {},
): NetworkAttachmentFacts => ({
  externalId: `${more.namespace ?? 'default'}/${name}`,
  name,
  namespace: 'default',
  pluginType: 'cnv-bridge',
  bridge: 'br',
  vlanId: null,
  topology: null,
  physicalNetwork: null,
  resourceName: null,
  ...more,
});

const propose = (
  network: { name: string; vlanId: number | null },
  networkAttachments: NetworkAttachmentFacts[],
) => proposeNetwork({ id: 'n', ...network }, targetFactsOf({ networkAttachments }), 'apps');

describe('the proposal for a network', () => {
  it('takes the attachment of the same VLAN, although another one is named alike', () => {
    const { destination, reasons } = propose({ name: 'prod', vlanId: 100 }, [
      attachment('prod', { vlanId: 200 }),
      attachment('x', { vlanId: 100 }),
    ]);
    expect(destination).toMatchObject({ name: 'x' });
    expect(reasons).toEqual(['both are VLAN 100']);
  });

  it('takes the better named of two on the same VLAN, and keeps the other as alternative', () => {
    const proposal = propose({ name: 'VM Network Prod 100', vlanId: 100 }, [
      attachment('test', { vlanId: 100 }),
      attachment('prod-100', { vlanId: 100 }),
    ]);
    expect(proposal.destination).toMatchObject({ name: 'prod-100' });
    expect(proposal.alternatives.map(({ destination }) => destination)).toMatchObject([
      { name: 'test' },
    ]);
  });

  it('goes by the name alone where the source has no VLAN', () => {
    const found = propose({ name: 'DMZ-Network', vlanId: null }, [
      attachment('dmz'),
      attachment('lan'),
    ]);
    expect(found.destination).toMatchObject({ name: 'dmz' });
  });

  it('is none where nothing is alike, and says so', () => {
    const found = propose({ name: 'secret', vlanId: 7 }, [attachment('lan', { vlanId: 8 })]);
    expect(found).toMatchObject({ destination: null, confidence: 0 });
    expect(found.reasons[0]).toContain('alike enough');
  });

  it('never leads into a namespace that the machines may not use', () => {
    const found = propose({ name: 'prod', vlanId: 100 }, [
      attachment('prod', { vlanId: 100, namespace: 'others' }),
    ]);
    expect(found.destination).toBeNull();
    expect(found.alternatives).toEqual([]);
  });

  it('prefers the namespace of the plan', () => {
    const found = propose({ name: 'prod', vlanId: 100 }, [
      attachment('prod', { vlanId: 100 }),
      attachment('prod', { vlanId: 100, namespace: 'apps' }),
    ]);
    expect(found.destination).toMatchObject({ namespace: 'apps' });
  });

  it('does not take one VLAN id for a part of another', () => {
    const found = propose({ name: 'x', vlanId: 10 }, [
      attachment('net-100'),
      attachment('net-0010'),
    ]);
    const [best] = found.alternatives;
    expect(best?.destination).toMatchObject({ name: 'net-0010' });
  });
});

const storageClass = (name: string, more: Partial<StorageClassFacts> = {}): StorageClassFacts => ({
  name,
  isDefault: false,
  isVirtDefault: false,
  claimPropertySets: [],
  capacityBytes: null,
  ...more,
});

const store = (storageClasses: StorageClassFacts[], shared = false) =>
  proposeStorage(
    { id: 'd', name: 'SSD-01', requiredBytes: 100 * gibibyte, shared },
    targetFactsOf({ storageClasses }),
  );

describe('the proposal for a datastore', () => {
  it('takes the default class for machines with the mode that lets them move', () => {
    const { destination } = store([
      storageClass('nfs', { isDefault: true, claimPropertySets: ['ReadWriteMany/Filesystem'] }),
      storageClass('ceph', {
        isVirtDefault: true,
        claimPropertySets: ['ReadWriteOnce/Block', 'ReadWriteMany/Block'],
      }),
    ]);
    expect(destination).toEqual({
      storageClass: 'ceph',
      accessMode: 'ReadWriteMany',
      volumeMode: 'Block',
    });
  });

  it('goes elsewhere where there is too little room', () => {
    const { destination, alternatives } = store([
      storageClass('full', { isVirtDefault: true, capacityBytes: gibibyte }),
      storageClass('roomy', { capacityBytes: 500 * gibibyte }),
    ]);
    expect(destination).toMatchObject({ storageClass: 'roomy' });
    expect(alternatives[0]?.reasons).toContain('it has too little room for all disks');
  });

  it('leaves the modes to CDI where the profile names none', () => {
    expect(store([storageClass('plain')]).destination).toEqual({ storageClass: 'plain' });
  });

  it('is none where the target has no class', () => {
    expect(store([])).toMatchObject({
      destination: null,
      reasons: ['the target has no storage class'],
    });
  });
});
