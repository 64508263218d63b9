import type { PlanOptions } from '../record/options.js';
import type { MachineFacts } from '../source/machine-facts.js';
import type { InstanceTypeFacts } from '../target/target-facts.js';
import type { MachineChoices } from './choices.js';

const mebibyte = 2 ** 20;

interface Sized {
  readonly type: InstanceTypeFacts;
  readonly cpus: number;
  readonly memoryMB: number;
}

/** Types without GPUs and pinned CPUs: those are for machines that ask for them. */
const plainTypes = (types: readonly InstanceTypeFacts[]): Sized[] =>
  types.flatMap((type) =>
    typeof type.cpuGuest === 'number' &&
    typeof type.memoryGuestBytes === 'number' &&
    type.gpus.length === 0 &&
    type.dedicatedCpuPlacement !== true
      ? [{ type, cpus: type.cpuGuest, memoryMB: type.memoryGuestBytes / mebibyte }]
      : [],
  );

const matcherOf = ({ clusterWide, name }: InstanceTypeFacts) => ({
  kind: clusterWide === true ? 'VirtualMachineClusterInstancetype' : 'VirtualMachineInstancetype',
  name,
});

/** How much larger a type is than the machine; nothing may become smaller. */
const waste = (one: Sized, cpus: number, memoryMB: number): number =>
  one.cpus / cpus + one.memoryMB / memoryMB;

/** The instance type of exactly the machine's size, or the smallest one that holds it. */
export function chooseInstanceType(
  { cpuCount, memoryMB }: Pick<MachineFacts, 'cpuCount' | 'memoryMB'>,
  types: readonly InstanceTypeFacts[],
  wanted: PlanOptions['instanceTypes'],
): MachineChoices['instanceType'] {
  if (wanted === 'none') return { value: null, reasons: [] };
  const cpus = cpuCount ?? 0;
  const memory = memoryMB ?? 0;
  if (cpus <= 0 || memory <= 0) {
    return { value: null, reasons: ['CPU or memory of the source are unknown'] };
  }
  const size = `${cpus} CPUs and ${memory} MiB`;
  const plain = plainTypes(types);
  const exact = plain.find((one) => one.cpus === cpus && one.memoryMB === memory);
  if (exact !== undefined) {
    return { value: matcherOf(exact.type), reasons: [`it has exactly ${size}`] };
  }
  if (wanted === 'exact') {
    return { value: null, reasons: [`no instance type has exactly ${size}`] };
  }
  const [nearest] = plain
    .filter((one) => one.cpus >= cpus && one.memoryMB >= memory)
    .sort(
      (one, other) =>
        waste(one, cpus, memory) - waste(other, cpus, memory) ||
        (one.type.name < other.type.name ? -1 : 1),
    );
  if (nearest === undefined) {
    return { value: null, reasons: [`no instance type is large enough for ${size}`] };
  }
  return {
    value: matcherOf(nearest.type),
    reasons: [`the smallest that holds ${size}: ${nearest.cpus} CPUs and ${nearest.memoryMB} MiB`],
  };
}
