import { join } from 'node:path';
import type { RawObject } from '../contract.js';
import type { RvtoolsConfiguration } from './configuration.js';
import { readEstate } from './estate/read-estate.js';
import type { Estate } from './estate/estate.js';
import type { StagedObject } from './estate/stage.js';
import { openExport, type OpenExport } from './workbook/open-export.js';

/** An uploaded export as it is called where it came from, for errors and people. */
export const subjectOf = ({ fileName, upload }: RvtoolsConfiguration): string => fileName ?? upload;

/** What an anonymised export calls every machine. */
const placeholder = 'VM';

/** An export that is being read: joined on disk, handed out part by part. */
export class RvtoolsSession {
  private estate: Estate | undefined;
  private part: { readonly number: number; readonly objects: readonly RawObject[] } | undefined;

  constructor(
    private readonly source: OpenExport,
    private readonly subject: string,
  ) {}

  /** Reads the whole export the first time it is asked for. */
  async read(signal: AbortSignal): Promise<Estate> {
    this.estate ??= await readEstate(this.source, this.subject, signal);
    return this.estate;
  }

  objects(estate: Estate, number: number): readonly RawObject[] {
    if (this.part?.number !== number) {
      const objects = estate.stage.objects(number).map((object) => rawObject(object, estate));
      this.part = { number, objects };
    }
    return this.part.objects;
  }
}

function rawObject({ type, id, sheets }: StagedObject, estate: Estate): RawObject {
  const { order } = estate.dates;
  const machine = type === 'Machine' ? estate.machines.get(id) : undefined;
  const nameless = machine?.name === placeholder && estate.machines.sharesName(machine);
  return {
    type,
    externalId: id,
    body: {
      rows: sheets,
      sheets: [...estate.sheets],
      dates: { ...(order === undefined ? {} : { order }), from1904: estate.from1904 },
      ...(nameless ? { nameless } : {}),
    },
  };
}

/** Opens the upload, runs the burst, and removes what it put on disk whatever happens. */
export async function aroundSession<T>(
  folder: string,
  configuration: RvtoolsConfiguration,
  burst: (session: RvtoolsSession) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const subject = subjectOf(configuration);
  const source = await openExport(join(folder, configuration.upload), subject, signal);
  try {
    return await burst(new RvtoolsSession(source, subject));
  } finally {
    await source.close();
  }
}
