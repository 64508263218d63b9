import { once } from 'node:events';
import { SourceKind, type ChangeBurst, type Collector } from '../contract.js';
import { rvtoolsConfiguration, type RvtoolsConfiguration } from './configuration.js';
import { mapObject } from './map/map-object.js';
import { nextPage, type RvtoolsCursor } from './read.js';
import { aroundSession, type RvtoolsSession } from './session.js';
import { verifyExport } from './verify.js';

export interface RvtoolsCollectorOptions {
  /** Folder of the uploads; nothing outside of it is ever opened. */
  readonly uploads: string;
}

/** An export does not change: another upload takes its place. */
async function* noChanges(signal: AbortSignal): AsyncGenerator<ChangeBurst> {
  if (!signal.aborted) await once(signal, 'abort');
  yield* [];
}

/** Collects an uploaded export of RVTools: a workbook, or a ZIP of its CSV files. */
export const createRvtoolsCollector = ({
  uploads,
}: RvtoolsCollectorOptions): Collector<RvtoolsConfiguration, RvtoolsSession, RvtoolsCursor> => ({
  kind: SourceKind.rvtools,
  configuration: rvtoolsConfiguration,
  secrets: [],
  verify: (configuration, signal) => verifyExport(uploads, configuration, signal),
  around: (configuration, burst, signal) => aroundSession(uploads, configuration, burst, signal),
  next: nextPage,
  watch: (_session, _since, signal) => noChanges(signal),
  map: mapObject,
});
