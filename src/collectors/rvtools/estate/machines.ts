import { limits } from '../archive/limits.js';
import { hostileExport } from '../errors.js';
import type { Row } from '../workbook/cell.js';
import { textOf } from './row-text.js';

/** What is kept in mind of a machine while the other sheets are read. */
export interface KnownMachine {
  readonly id: string;
  readonly vCenter: string;
  readonly name: string;
  readonly uuid: string | undefined;
  readonly host: string | undefined;
  readonly cluster: string | undefined;
  readonly datacenter: string | undefined;
  readonly isTemplate: boolean;
}

export type Joined =
  { readonly machine: KnownMachine } | { readonly machine: undefined; readonly why: string };

/** Beyond this nothing is compared: in such an export a name tells no machine from another. */
const mostOfAName = 1_000;

const lower = (text: string | undefined): string | undefined => text?.toLowerCase();

/** A row of another sheet may leave a place out; what it names has to agree. */
const agrees = (said: string | undefined, known: string | undefined): boolean =>
  said === undefined || known === undefined || lower(said) === lower(known);

/** The machines of an export, to which rows of other sheets are joined. */
export class Machines {
  private readonly byId = new Map<string, KnownMachine>();
  /** By VM ID or name, over all vCenters: a list only where several have it. */
  private readonly byVmId = new Map<string, KnownMachine | KnownMachine[]>();
  private readonly byName = new Map<string, KnownMachine | KnownMachine[]>();
  private templates = 0;

  constructor(private readonly subject: string) {}

  get counts(): { readonly machines: number; readonly templates: number } {
    return { machines: this.byId.size - this.templates, templates: this.templates };
  }

  /** @returns false where there is a machine of that id already. */
  add(machine: KnownMachine, vmId: string | undefined): boolean {
    if (this.byId.has(machine.id)) return false;
    if (this.byId.size >= limits.machines) {
      throw hostileExport(this.subject, `it has more than ${limits.machines} machines`);
    }
    this.byId.set(machine.id, machine);
    if (machine.isTemplate) this.templates += 1;
    if (vmId !== undefined) append(this.byVmId, vmId, machine);
    append(this.byName, machine.name, machine);
    return true;
  }

  get(id: string): KnownMachine | undefined {
    return this.byId.get(id);
  }

  /** Whether several machines have the name. */
  sharesName({ name }: KnownMachine): boolean {
    return Array.isArray(this.byName.get(name));
  }

  /**
   * The machine that a row speaks of: by VM ID, else by name with UUID, host, cluster and
   * datacenter. Where that leaves two, none is taken.
   */
  join(row: Row, vCenter: string | undefined): Joined {
    const vmId = textOf(row, 'vmid');
    const name = textOf(row, 'vm');
    const found = vmId === undefined ? this.byName.get(name ?? '') : this.byVmId.get(vmId);
    const candidates = found === undefined ? [] : [found].flat();
    if (candidates.length > mostOfAName) {
      return { machine: undefined, why: `${candidates.length} machines in vInfo have the name` };
    }
    const fitting = candidates.filter(
      (machine) =>
        (vCenter === undefined || machine.vCenter === vCenter) &&
        (vmId !== undefined || matches(row, machine)),
    );
    const [machine] = fitting;
    const said = vmId === undefined ? `the name ${name ?? ''}` : `the VM ID ${vmId}`;
    if (machine === undefined) return { machine, why: `no machine in vInfo fits ${said}` };
    if (fitting.length > 1) {
      return { machine: undefined, why: `${fitting.length} machines in vInfo fit ${said}` };
    }
    return { machine };
  }
}

const matches = (row: Row, machine: KnownMachine): boolean =>
  agrees(textOf(row, 'vmuuid'), machine.uuid) &&
  agrees(textOf(row, 'host'), machine.host) &&
  agrees(textOf(row, 'cluster'), machine.cluster) &&
  agrees(textOf(row, 'datacenter'), machine.datacenter);

function append(
  map: Map<string, KnownMachine | KnownMachine[]>,
  key: string,
  machine: KnownMachine,
): void {
  const present = map.get(key);
  if (present === undefined) map.set(key, machine);
  else if (Array.isArray(present)) present.push(machine);
  else map.set(key, [present, machine]);
}
