import { describe, expect, it } from 'vitest';
import { choose, lanesOf } from '../../src/executor/admission.js';
import { executorConfigurationSchema } from '../../src/executor/configuration.js';

const { limits } = executorConfigurationSchema.parse({
  limits: { host: 2, datastore: 3, sourceCluster: 4, targetCluster: 5 },
});

const waiting = (count: number, lanes: (index: number) => string[]) =>
  Array.from({ length: count }, (_, index) => ({ id: `m${String(index)}`, lanes: lanes(index) }));

describe('choosing who may begin', () => {
  it('takes no more of one host than its limit, counting those under way', () => {
    const held = new Map([['host:a', 1]]);
    expect(
      choose(
        waiting(4, () => ['host:a']),
        held,
        limits,
      ),
    ).toEqual(['m0']);
  });

  it('goes past a machine whose host is full to one whose host is free', () => {
    const chosen = choose(
      waiting(4, (index) => [index < 3 ? 'host:a' : 'host:b']),
      new Map(),
      limits,
    );
    expect(chosen).toEqual(['m0', 'm1', 'm3']);
  });

  it('holds a machine back when any of its lanes is full', () => {
    const held = new Map([['datastore:slow', 3]]);
    const lanes = ['host:a', 'datastore:fast', 'datastore:slow'];
    expect(
      choose(
        waiting(1, () => lanes),
        held,
        limits,
      ),
    ).toEqual([]);
  });

  it('bounds the target cluster over all hosts', () => {
    const spread = waiting(9, (index) => [`host:${String(index)}`, 'targetCluster:t']);
    expect(choose(spread, new Map(), limits)).toHaveLength(5);
  });

  it('lets a machine without host or datastore be bounded by its target alone', () => {
    expect(
      lanesOf({
        plan: 'p',
        planName: 'p',
        sourceId: 's',
        targetId: 't',
        namespace: 'n',
        targetName: 'm',
        source: { id: 's/VirtualMachine/1', externalId: '1', name: 'm', datastores: [], disks: [] },
        virtualMachine: {
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachine',
          metadata: { name: 'm' },
        },
        disks: [],
        powerOff: 'graceful',
        shutdownTimeoutSeconds: 60,
        targetPower: 'off',
        copy: 'vddk',
        convertGuest: false,
        secretName: 'secret',
      }),
    ).toEqual(['targetCluster:t']);
  });
});
