import {
  createRvtoolsCollector,
  type RvtoolsConfiguration,
} from '../../../src/collectors/rvtools/index.js';
import type { Omission, RawObject } from '../../../src/collectors/contract.js';
import type { AnyRecord } from '../../../src/graph/model/index.js';
import type { Upload } from './export-files.js';

export interface ReadExport {
  readonly objects: readonly RawObject[];
  readonly records: readonly AnyRecord[];
  /** Of the read, and of the mapping. */
  readonly omissions: readonly Omission[];
}

/** Reads an upload to its end and maps it. */
export async function readExport({ folder, upload }: Upload): Promise<ReadExport> {
  const collector = createRvtoolsCollector({ uploads: folder });
  const configuration: RvtoolsConfiguration = { upload };
  const signal = new AbortController().signal;
  return collector.around(
    configuration,
    async (session) => {
      const objects: RawObject[] = [];
      const omissions: Omission[] = [];
      let page = await collector.next(session, undefined, signal);
      while (page.type === 'page') {
        objects.push(...page.objects);
        omissions.push(...page.omissions);
        page = await collector.next(session, page.cursor, signal);
      }
      const mapped = objects.map((object) =>
        collector.map(object, { sourceId: 'test', memory: new Map() }),
      );
      return {
        objects,
        records: mapped.flatMap(({ records }) => records),
        omissions: [...omissions, ...mapped.flatMap(({ omissions: said }) => said)],
      };
    },
    signal,
  );
}

/** Reads an upload and removes it. */
export async function readOnce(upload: Upload): Promise<ReadExport> {
  try {
    return await readExport(upload);
  } finally {
    await upload.remove();
  }
}

export const named = <K extends AnyRecord['kind']>(
  { records }: ReadExport,
  kind: K,
  name: string,
): Extract<AnyRecord, { readonly kind: K }> => {
  const found = records.find((record) => record.kind === kind && record.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} among ${records.length} records`);
  // Found by its kind.
  return found as Extract<AnyRecord, { readonly kind: K }>;
};
