/** A process that reads an estate into the graph, for a test that kills it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SyncEngine, SyncError } from '../../../src/collectors/engine/index.js';
import { openGraph } from '../../../src/graph/index.js';
import { estate } from './estate.js';
import { ScriptedSource } from './scripted-source.js';

const [uri = '', user = '', password = '', machines = '0', dropped = '0'] = process.argv.slice(2);

const graph = await openGraph({ uri, user, password });
const collector = new ScriptedSource();
collector.put(...estate(Number(machines)));
for (let i = 1; i <= Number(dropped); i++) collector.drop('VirtualMachine', `vm-${i}`);
collector.pageSize = 100;
collector.beforePage = async (page) => {
  console.log(`page ${page}`);
  await sleep(20);
};
const pace = { leaseMs: 1_000 };
const sync = async (): Promise<void> => {
  const engine = new SyncEngine({ graph, pace });
  for (;;) {
    try {
      await engine.sync({ source: 'lab', collector, configuration: {} });
      return;
    } catch (error) {
      // A process that was killed just before keeps its turn for the length of the lease.
      if (!(error instanceof SyncError) || error.code !== 'sync.busy') throw error;
      await sleep(200);
    }
  }
};
await sync();
console.log('done');
await graph.close();
