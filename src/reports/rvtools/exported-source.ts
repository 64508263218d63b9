import { listSources } from '../../collectors/sources/source-queries.js';
import type { Graph } from '../../graph/index.js';
import { ReportError } from '../report-error.js';

/** A source whose objects a workbook can hold. */
export interface ExportedSource {
  readonly id: string;
  readonly kind: string;
  /** What stands in the column VI SDK Server. */
  readonly server: string;
  /** What stands in the column VI SDK UUID; of an imported export each object has its own. */
  readonly uuid: string;
  readonly product: string | null;
  readonly version: string | null;
  readonly readAt: string | null;
}

/** RVTools knows vCenters: other sources have objects that its sheets have no columns for. */
const exportedKinds: ReadonlySet<string> = new Set(['vsphere', 'rvtools']);

/**
 * The sources that a workbook is made of: those of vSphere and imported exports, or the one named.
 *
 * @throws ReportError where there is none.
 */
export async function exportedSources(
  graph: Graph,
  wanted: string | undefined,
): Promise<readonly ExportedSource[]> {
  const all = await graph.read(listSources, { id: null });
  const sources = all.filter(
    ({ id, kind, state }) =>
      state === 'saved' && exportedKinds.has(kind) && (wanted === undefined || id === wanted),
  );
  if (sources.length === 0) {
    throw new ReportError({
      code: 'report.rvtools.no-source',
      what: 'There is nothing to export in the form of RVTools',
      subject: wanted ?? 'rvtools',
      why: 'it needs a saved source of vSphere, or an imported export',
      remedy: 'Name one of them; opal source list shows all',
      retryable: false,
    });
  }
  return sources.map(({ id, kind, address, instanceId, name, product, version, lastReadAt }) => ({
    id,
    kind,
    server: address ?? name,
    uuid: instanceId ?? id,
    product,
    version,
    readAt: lastReadAt,
  }));
}
