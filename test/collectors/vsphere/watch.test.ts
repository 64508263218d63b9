import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeBurst, CollectorChange } from '../../../src/collectors/contract.js';
import { vsphereCollector } from '../../../src/collectors/vsphere/index.js';
import { retrievePresent } from '../../../src/collectors/vsphere/property-collector.js';
import { VimClient } from '../../../src/collectors/vsphere/vim-client.js';
import { eventually } from '../../lab/eventually.js';
import { startVcsim, type Vcsim } from '../../lab/vcsim.js';
import { configurationOf, govc, mapped } from './whole-read.js';

let vcsim: Vcsim;

beforeAll(async () => {
  vcsim = await startVcsim({ machines: 4, clusters: 1, standaloneHosts: 1 });
});

afterAll(async () => {
  await vcsim.stop();
});

const open: AbortController[] = [];

afterEach(async () => {
  for (const stop of open.splice(0)) stop.abort();
  await vcsim.admin.removeRules();
});

/** The product's promise, and so the longest that a test waits for a change. */
const promised = { timeoutMs: 5_000 };

interface Watching {
  readonly changes: readonly CollectorChange[];
  /** Ends the watch and returns the error that it ended with, if any. */
  stop(): Promise<unknown>;
  readonly ended: Promise<unknown>;
}

const nothing = (): Promise<void> => Promise.resolve();

/**
 * Reads whole and then follows the changes; `between` runs after the read and before the watch,
 * `within` once, when the page with the object of that id has been read.
 */
async function watching(
  between: () => Promise<void> = nothing,
  within: { readonly id: string; readonly run: () => Promise<void> } = { id: '', run: nothing },
): Promise<Watching> {
  const changes: CollectorChange[] = [];
  const stop = new AbortController();
  open.push(stop);
  const { promise: listening, resolve: listens } = Promise.withResolvers<undefined>();
  const ended = vsphereCollector
    .around(
      configurationOf(vcsim, { watchSeconds: 20, pageSize: 2 }),
      async (session) => {
        let page = await vsphereCollector.next(session, undefined, stop.signal);
        while (page.type === 'page') {
          if (page.objects.some(({ externalId }) => externalId === within.id)) await within.run();
          page = await vsphereCollector.next(session, page.cursor, stop.signal);
        }
        await between();
        listens(undefined);
        const bursts: AsyncIterable<ChangeBurst> = vsphereCollector.watch(
          session,
          page.proof.since,
          stop.signal,
        );
        for await (const burst of bursts) changes.push(...burst.changes);
      },
      stop.signal,
    )
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  await Promise.race([listening, ended]);
  return {
    changes,
    ended,
    stop: async () => {
      stop.abort();
      return await ended;
    },
  };
}

const changed = (watch: Watching, id: string, path: string, value: unknown): boolean =>
  watch.changes.some(
    (change) =>
      change.type === 'changed' &&
      change.object.externalId === id &&
      change.object.body[path] === value,
  );

const idOf = async (name: string): Promise<string> =>
  (await govc(vcsim, 'find', '-i', '/', '-type', 'm', '-name', name)).trim().split(':')[1] ?? '';

describe('a watch', () => {
  it('shows a power change and a rename with the whole object', async () => {
    const id = await idOf('DC0_H0_VM0');
    const watch = await watching();
    await govc(vcsim, 'vm.power', '-off', 'DC0_H0_VM0');
    await eventually(
      'the machine is off',
      () => Promise.resolve(changed(watch, id, 'runtime.powerState', 'poweredOff')),
      promised,
    );
    await govc(vcsim, 'object.rename', '/DC0/vm/DC0_H0_VM0', 'renamed ü');
    await eventually(
      'the machine has its new name',
      () => Promise.resolve(changed(watch, id, 'name', 'renamed ü')),
      promised,
    );
    const last = watch.changes.findLast((change) => change.type === 'changed');
    const kinds = last === undefined ? [] : mapped(last.object).records.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['VirtualMachine', 'Disk', 'Nic', 'Device']));
    expect(await watch.stop()).toBeUndefined();
  });

  it('shows a new machine and its removal', async () => {
    const watch = await watching();
    await govc(
      vcsim,
      'vm.create',
      '-on=false',
      ...['-host', '/DC0/host/DC0_H0/DC0_H0', '-net', 'VM Network', '-ds', 'LocalDS_0'],
      'newcomer',
    );
    const id = await idOf('newcomer');
    await eventually(
      'the new machine is there',
      () => Promise.resolve(changed(watch, id, 'name', 'newcomer')),
      promised,
    );
    await govc(vcsim, 'vm.destroy', 'newcomer');
    await eventually(
      'the machine is gone',
      () =>
        Promise.resolve(
          watch.changes.some((change) => change.type === 'removed' && change.externalId === id),
        ),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('shows what changed between the read and the watch', async () => {
    const id = await idOf('DC0_H0_VM1');
    const watch = await watching(async () => {
      await govc(vcsim, 'vm.power', '-off', 'DC0_H0_VM1');
    });
    await eventually(
      'the machine is off',
      () => Promise.resolve(changed(watch, id, 'runtime.powerState', 'poweredOff')),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('shows what changed while the read went on, after its page', async () => {
    const id = await idOf('DC0_C0_RP0_VM0');
    const watch = await watching(nothing, {
      id,
      run: async () => {
        await govc(vcsim, 'vm.power', '-off', 'DC0_C0_RP0_VM0');
      },
    });
    await eventually(
      'the machine is off',
      () => Promise.resolve(changed(watch, id, 'runtime.powerState', 'poweredOff')),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('shows what a task did while the source still compares its inventory', async () => {
    const id = await idOf('DC0_C0_RP0_VM1');
    const watch = await watching(async () => {
      await vcsim.admin.inject({
        method: 'WaitForUpdatesEx',
        objectId: 'propertyCollector',
        action: 'hang',
      });
    });
    await govc(vcsim, 'vm.power', '-off', 'DC0_C0_RP0_VM1');
    await govc(vcsim, 'object.rename', '/DC0/vm/DC0_C0_RP0_VM1', 'renamed by a task');
    await eventually(
      'the machine is off and has its new name',
      () =>
        Promise.resolve(
          changed(watch, id, 'runtime.powerState', 'poweredOff') &&
            changed(watch, id, 'name', 'renamed by a task'),
        ),
      promised,
    );
    const place = ['-host', '/DC0/host/DC0_H0/DC0_H0', '-net', 'VM Network', '-ds', 'LocalDS_0'];
    await govc(vcsim, 'vm.create', '-on=false', ...place, 'made by a task');
    const made = await idOf('made by a task');
    await eventually(
      'the new machine is there',
      () => Promise.resolve(changed(watch, made, 'name', 'made by a task')),
      promised,
    );
    await govc(vcsim, 'vm.destroy', 'made by a task');
    await eventually(
      'the machine is gone',
      () =>
        Promise.resolve(
          watch.changes.some((each) => each.type === 'removed' && each.externalId === made),
        ),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('shows a change that no task made', async () => {
    const id = await idOf('DC0_C0_RP0_VM2');
    const watch = await watching();
    await vcsim.admin.setProperties('VirtualMachine', id, {
      'guest.hostName': '<val xsi:type="xsd:string">told by the guest</val>',
    });
    await eventually(
      'the machine has the name that its guest tells',
      () => Promise.resolve(changed(watch, id, 'guest.hostName', 'told by the guest')),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('does without tasks where the source refuses to show them', async () => {
    const id = await idOf('DC0_C0_RP0_VM3');
    await vcsim.admin.inject({
      method: 'CreatePropertyCollector',
      action: 'fault',
      fault: 'NoPermission',
    });
    const watch = await watching();
    // govc has a collector of its own too.
    await vcsim.admin.removeRules();
    await govc(vcsim, 'vm.power', '-off', 'DC0_C0_RP0_VM3');
    await eventually(
      'the machine is off',
      () => Promise.resolve(changed(watch, id, 'runtime.powerState', 'poweredOff')),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('shows a new snapshot with the tree', async () => {
    const id = await idOf('DC0_H0_VM2');
    const watch = await watching();
    await govc(vcsim, 'snapshot.create', '-vm', 'DC0_H0_VM2', 'before patch');
    await eventually(
      'the snapshot is there',
      () =>
        Promise.resolve(
          watch.changes.some(
            (change) =>
              change.type === 'changed' &&
              change.object.externalId === id &&
              mapped(change.object).records.some(
                ({ kind, name }) => kind === 'Snapshot' && name === 'before patch',
              ),
          ),
        ),
      promised,
    );
    expect(await watch.stop()).toBeUndefined();
  });

  it('leaves no session behind when it is stopped within a wait', async () => {
    const before = await vcsim.admin.sessions();
    const watch = await watching();
    expect(await vcsim.admin.sessions()).toHaveLength(before.length + 1);
    expect(await watch.stop()).toBeUndefined();
    expect(await vcsim.admin.sessions()).toHaveLength(before.length);
  });

  it('throws a retryable error when the connection is lost', async () => {
    const watch = await watching();
    await vcsim.admin.inject({ method: 'WaitForUpdatesEx', action: 'drop' });
    const id = await idOf('DC0_H0_VM3');
    await vcsim.admin.setProperties('VirtualMachine', id, {
      'guest.hostName': '<val xsi:type="xsd:string">changed</val>',
    });
    await expect(watch.ended).resolves.toMatchObject({
      code: 'vsphere.watch.lost',
      retryable: true,
    });
  });

  it('does not go on from a place of another session', async () => {
    const signal = new AbortController().signal;
    const watch = vsphereCollector.around(
      configurationOf(vcsim),
      async (session) => {
        for await (const burst of vsphereCollector.watch(session, 'former/0', signal)) {
          throw new Error(`it gave ${burst.changes.length} changes`);
        }
      },
      signal,
    );
    await expect(watch).rejects.toMatchObject({ code: 'vsphere.watch.lost', retryable: true });
  });
});

describe('objects that are read again', () => {
  it('are given without those that the source has no longer', async () => {
    const [gone, there] = [await idOf('DC0_H0_VM2'), await idOf('DC0_H0_VM3')];
    // A vCenter refuses the whole call then; the simulator by itself leaves the object out.
    await vcsim.admin.inject({
      method: 'RetrievePropertiesEx',
      action: 'fault',
      fault: 'ManagedObjectNotFound',
      missing: gone,
      count: 1,
    });
    const client = new VimClient(configurationOf(vcsim));
    const { signal } = new AbortController();
    try {
      await client.connect(signal);
      await client.login(signal);
      const objects = [gone, there].map((value) => ({ type: 'VirtualMachine', value }));
      const filter = { paths: { VirtualMachine: ['name'] }, objects, steps: [] };
      const pages = retrievePresent(client, filter, 10, signal);
      const given: string[] = [];
      for await (const page of pages) given.push(...page.map(({ obj }) => obj.value));
      expect(given).toEqual([there]);
    } finally {
      await client.close();
    }
  });
});
