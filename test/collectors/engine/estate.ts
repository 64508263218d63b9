import { record, to, type AnyRecord } from '../../../src/graph/index.js';
import type { ScriptedObject } from './scripted-source.js';

export const host = (id: string, properties: { productVersion?: string } = {}): ScriptedObject => ({
  records: [record('Host', id, `esx ${id}`, { cpuCores: 16, ...properties }, {})],
});

export const datastore = (id: string): ScriptedObject => ({
  records: [record('Datastore', id, `store ${id}`, {}, {})],
});

export interface MachineShape {
  readonly name?: string;
  readonly host?: string;
  readonly memoryMB?: number;
  /** Backing files, one disk each. */
  readonly files?: readonly string[];
  readonly template?: boolean;
}

/** A machine with a disk for each file. */
export function machine(id: string, shape: MachineShape = {}): ScriptedObject {
  const kind = shape.template === true ? 'Template' : 'VirtualMachine';
  const files = shape.files ?? [`[ds] ${id}/${id}.vmdk`];
  const disks: AnyRecord[] = files.map((file, key) =>
    record(
      'Disk',
      `${id}/${2000 + key}`,
      `Hard disk ${key + 1}`,
      { key: 2000 + key, file, capacityBytes: 2 ** 33 },
      { machine: to(kind, id), datastore: to('Datastore', 'ds1') },
    ),
  );
  const properties = { memoryMB: shape.memoryMB ?? 1024, powerState: 'poweredOn' };
  const edges = { host: to('Host', shape.host ?? 'h1') };
  const name = shape.name ?? `vm ${id}`;
  const owner =
    kind === 'Template'
      ? record('Template', id, name, properties, {})
      : record('VirtualMachine', id, name, properties, edges);
  return { records: [owner, ...disks], owned: ['Disk'] };
}

/** Hosts, a datastore and machines. */
export const estate = (machines: number): ScriptedObject[] => [
  datastore('ds1'),
  host('h1'),
  host('h2'),
  ...Array.from({ length: machines }, (_, i) =>
    machine(`vm-${i + 1}`, { host: `h${(i % 2) + 1}` }),
  ),
];
