import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncEngine, type SourceWatcher } from '../../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../../src/collectors/sources/index.js';
import { vsphereCollector } from '../../../../src/collectors/vsphere/index.js';
import { migrate, type Graph } from '../../../../src/graph/index.js';
import { openTestGraph } from '../../../graph/open-test-graph.js';
import { eventually } from '../../../lab/eventually.js';
import { keptInventory } from '../../../lab/saved-estate.js';
import { startVcsim, type Vcsim } from '../../../lab/vcsim.js';
import { wipeGraph } from '../../../real/neo4j.js';
import { configurationOf, govc } from '../whole-read.js';
import { heldByGraph } from './held-by-graph.js';
import { compareFacts, factsTable, type FactsDifference } from './inventory-facts.js';
import { toldByGovc } from './told-by-govc.js';

/**
 * 200 machines in every run; OPAL_ESTATE_SIZE=10000 for the size that is promised:
 *
 *     OPAL_ESTATE_SIZE=10000 npm test -- test/collectors/vsphere/govc
 */
const machines = Number(process.env.OPAL_ESTATE_SIZE ?? 200);
const isLarge = machines > 1_000;
const source = 'beside-govc';
const minutes = 60_000;

let vcsim: Vcsim;
let graph: Graph;
let watcher: SourceWatcher | undefined;

const say = (text: string): void => {
  if (isLarge) console.log(text);
};

beforeAll(async () => {
  ({ graph } = await openTestGraph());
  await wipeGraph();
  await migrate(graph);
  await new SourceRegistry(graph).save({ id: source, name: 'Beside govc', kind: 'vsphere' });
  vcsim = await startVcsim(
    isLarge ? { load: await keptInventory({ machines }) } : { demo: { machines } },
  );
  const { promise: read, resolve, reject } = Promise.withResolvers<undefined>();
  const started = performance.now();
  const engine = new SyncEngine({
    graph,
    onApplied: ({ mode }) => {
      if (mode === 'full') resolve(undefined);
    },
  });
  const configuration = configurationOf(vcsim, { timeoutSeconds: 600 });
  watcher = engine.watch({ source, collector: vsphereCollector, configuration });
  watcher.done.catch(reject);
  await read;
  say(`collected in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}, 15 * minutes);

afterAll(async () => {
  await watcher?.stop();
  await vcsim.stop();
});

describe(`an estate of ${machines} machines in the graph`, () => {
  it(
    'has every object and every relationship that govc reports, and no other',
    async () => {
      const lines = compareFacts(await toldByGovc(vcsim), await heldByGraph(graph, source));
      say(factsTable(lines));
      const differs = ({ missing, surplus }: FactsDifference): boolean => missing + surplus > 0;
      expect(lines.filter(differs)).toEqual([]);
      expect(lines.find(({ name }) => name === 'VirtualMachine')?.found).toBe(machines);
      // A relationship that the estate has none of would prove nothing.
      expect(lines.length).toBeGreaterThan(70);
    },
    15 * minutes,
  );
});

/**
 * Time from the end of a govc command to the change in the graph. Five seconds are promised at the
 * large size, where this measures on a machine of its own; a run of all tests only waits.
 */
const promised = { timeoutMs: isLarge ? 5_000 : minutes, everyMs: 20 };

async function shown(what: string, ask: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  await eventually(what, ask, promised);
  say(`${what} after ${Math.round(performance.now() - started)} ms`);
}

async function machine(externalId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [row] = await graph.readCompiled({
    text: 'MATCH (vm:VirtualMachine {id: $id}) RETURN vm.name AS name, vm.powerState AS powerState',
    parameters: { id: `${source}/VirtualMachine/${externalId}` },
  });
  return row;
}

const first = (text: string): string => text.split('\n')[0] ?? '';
const idOf = async (path: string): Promise<string> =>
  first(await govc(vcsim, 'find', '-i', path, '-maxdepth', '0')).split(':')[1] ?? '';

describe('a watch over it', () => {
  it(
    'shows a power change, a rename, a new and a removed machine without a full read',
    async () => {
      const find = async (from: string, ...filter: readonly string[]): Promise<string[]> =>
        (await govc(vcsim, 'find', from, '-type', ...filter)).trim().split('\n');
      const [dc = ''] = await find('/', 'd');
      const [host = ''] = await find(dc, 'h', '-runtime.connectionState', 'connected');
      const [store = ''] = await find(dc, 's');
      const [network = ''] = await find(dc, 'n');
      const running = await find(dc, 'm', '-runtime.powerState', 'poweredOn');
      // Plain names, so that govc takes the path for itself and not for a pattern.
      const path = running.find((each) => /^[\w /-]+$/u.test(each)) ?? '';
      const id = await idOf(path);
      await vcsim.admin.resetCounts();

      await govc(vcsim, 'vm.power', '-off', path);
      await shown(
        'the machine is off',
        async () => (await machine(id))?.powerState === 'poweredOff',
      );

      await govc(vcsim, 'object.rename', path, 'renamed ü');
      await shown(
        'the machine has its new name',
        async () => (await machine(id))?.name === 'renamed ü',
      );

      const create = ['-on=false', '-host', host, '-ds', store, '-net', network];
      await govc(vcsim, 'vm.create', ...create, '-dc', dc, 'newcomer');
      const newcomer = await idOf(`${dc}/vm/newcomer`);
      await shown('the new machine is there', async () => (await machine(newcomer)) !== undefined);

      await govc(vcsim, 'vm.destroy', `${dc}/vm/newcomer`);
      await shown('the machine is gone', async () => (await machine(newcomer)) === undefined);

      const { OPAL: ours = {} } = await vcsim.admin.traffic();
      say(JSON.stringify(ours));
      // Each change is one answer about itself and one read of the machine and what it touched.
      const bytes = Object.values(ours).reduce((sum, flow) => sum + flow.bytes, 0);
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThan(500_000);
      expect(ours.CreateFilter).toBeUndefined();
      expect(ours.ContinueRetrievePropertiesEx).toBeUndefined();
    },
    5 * minutes,
  );
});
