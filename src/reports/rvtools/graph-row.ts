import type { ReportCell } from '../report.js';
import type { ExportedSource } from './exported-source.js';
import type { WorkbookCell } from './sheet-xml.js';

const bytesOfMiB = 1024 ** 2;

/** Segments of an external id of an imported export: `<vCenter>/<what it is called there>`. */
const own = (
  id: string,
): { readonly source: string; readonly kind: string; readonly rest: string } => {
  const [source = '', kind = '', ...rest] = id.split('/');
  return { source, kind, rest: rest.join('/') };
};

/** One object of the graph with the values at the paths that its sheet asks for. */
export class GraphRow {
  constructor(
    private readonly cells: readonly ReportCell[],
    private readonly places: ReadonlyMap<string, number>,
    private readonly sources: ReadonlyMap<string, ExportedSource>,
  ) {}

  cell(path: string): ReportCell {
    const place = this.places.get(path);
    if (place === undefined) throw new RangeError(`the sheet does not ask for ${path}`);
    return this.cells[place] ?? null;
  }

  /** A single value; the first one of several. */
  value(path: string): string | number | boolean | null {
    const [first = null] = [this.cell(path)].flat(2);
    return first;
  }

  text(path: string): string | undefined {
    const value = this.value(path);
    return value === null ? undefined : String(value);
  }

  number(path: string): number | undefined {
    const value = this.value(path);
    return typeof value === 'number' ? value : undefined;
  }

  list(path: string): readonly string[] {
    return [this.cell(path)].flat(2).flatMap((value) => (value === null ? [] : [String(value)]));
  }

  /** A quantity in bytes as RVTools gives it. */
  mebibytes(path: string): number | undefined {
    const bytes = this.number(path);
    return bytes === undefined ? undefined : bytes / bytesOfMiB;
  }

  moment(path: string): WorkbookCell {
    const text = this.text(path);
    return text === undefined ? undefined : new Date(text);
  }

  /** -1 is how RVTools says that there is no ceiling. */
  ceiling(path: string): number {
    return this.number(path) ?? -1;
  }

  /** Which kind the object at the path is. */
  kind(path: string): string {
    return own(this.text(path) ?? '').kind;
  }

  /** Id in the vCenter; none where the source never had it. */
  objectId(path: string): string | undefined {
    const { source, rest } = own(this.text(path) ?? '');
    if (this.sources.get(source)?.kind !== 'rvtools') return rest === '' ? undefined : rest;
    const vmId = rest.split('/').slice(1);
    const isGiven = vmId.length === 1 && !/^(?:uuid|name)-/u.test(vmId[0] ?? '');
    return isGiven ? vmId[0] : undefined;
  }

  get server(): string | undefined {
    return this.sources.get(own(this.text('id') ?? '').source)?.server;
  }

  get vCenter(): string | undefined {
    const { source, rest } = own(this.text('id') ?? '');
    const exported = this.sources.get(source);
    return exported?.kind === 'rvtools' ? rest.split('/')[0] : exported?.uuid;
  }
}
