import type { AnyCollector } from '../collectors/engine/index.js';
import { SourceKind } from '../collectors/contract.js';
import type { SourceRegistry } from '../collectors/sources/index.js';
import { demoCollector } from '../demo/index.js';
import type { Logger } from '../telemetry/logger.js';
import type { DemoChoice } from './configuration/index.js';
import type { SourceSupervisor } from './sources/index.js';

const demoId = 'demo';
/** Virtual machines, where nobody asked for a size: enough to explore, loaded within seconds. */
const usualSize = 1_000;

/**
 * Loads the demo estate where no source is configured, or always in the size asked for. An estate
 * of the same size that is there already is left alone.
 */
export async function loadDemo(
  demo: DemoChoice,
  registry: SourceRegistry,
  supervisor: SourceSupervisor,
  logger: Logger,
): Promise<void> {
  if (demo === 'off') return;
  const sources = await registry.list();
  const present = sources.find(({ id }) => id === demoId);
  const others = sources.some(({ id, state }) => id !== demoId && state === 'saved');
  if (demo === 'auto' && (others || present?.lastComplete)) return;
  const machines = demo === 'auto' ? usualSize : demo;
  const settings = JSON.stringify({ machines });
  if (present?.lastComplete && present.settings === settings) return;
  logger.info({ machines }, 'Loading the demo estate');
  await registry.save({
    id: demoId,
    name: 'Demo estate',
    kind: SourceKind.vsphere,
    product: 'Demo estate',
    settings: { machines },
  });
  // The engine hands each collector back its own session and cursor.
  const collector = demoCollector as unknown as AnyCollector;
  const report = await supervisor.load(demoId, collector, { machines, seed: 1 });
  logger.info({ sync: report.sync, status: report.status }, 'The demo estate is loaded');
}
