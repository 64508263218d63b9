import { isRecord } from '../is-record.js';
import type { WorkOrder } from '../work-order.js';

export interface ConversionDisk {
  readonly claim: string;
  /** Path in the Pod: a block device, or the image file in a file system volume. */
  readonly path: string;
  readonly block: boolean;
}

const xmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Other control characters have no place in XML 1.0, not even escaped. */
const isXmlCharacter = (character: string): boolean =>
  character >= ' ' ? !/[\ufffe\uffff]/u.test(character) : '\t\n\r'.includes(character);

const escapeXml = (text: string): string =>
  Array.from(text)
    .filter(isXmlCharacter)
    .map((character) => xmlEntities[character] ?? character)
    .join('');

const diskElement = ({ path, block }: ConversionDisk, index: number): string => {
  const type = block ? 'block' : 'file';
  const source = block ? 'dev' : 'file';
  return [
    `    <disk type='${type}' device='disk'>`,
    `      <driver name='qemu' type='raw'/>`,
    `      <source ${source}='${escapeXml(path)}'/>`,
    `      <target dev='sd${diskLetters(index)}' bus='scsi'/>`,
    '    </disk>',
  ].join('\n');
};

/** a, b, …, z, aa, ab, … as Linux names disks. */
export function diskLetters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : diskLetters(Math.floor(index / 26) - 1) + letter;
}

function usesEfi(order: WorkOrder): boolean {
  const path = ['spec', 'template', 'spec', 'domain', 'firmware', 'bootloader', 'efi'];
  let value: unknown = order.virtualMachine;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return value !== undefined;
}

/** The machine as virt-v2v-in-place wants it: name, firmware and where its copied disks are. */
export const libvirtDomain = (order: WorkOrder, disks: readonly ConversionDisk[]): string =>
  [
    "<domain type='kvm'>",
    `  <name>${escapeXml(order.source.name)}</name>`,
    '  <memory unit="MiB">2048</memory>',
    '  <vcpu>2</vcpu>',
    usesEfi(order) ? "  <os firmware='efi'>" : '  <os>',
    "    <type arch='x86_64'>hvm</type>",
    '  </os>',
    '  <features><acpi/><apic/></features>',
    '  <devices>',
    ...disks.map(diskElement),
    '  </devices>',
    '</domain>',
    '',
  ].join('\n');
