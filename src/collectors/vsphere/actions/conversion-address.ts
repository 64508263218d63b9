import { z } from 'zod';
import { decodedName } from '../inventory-name.js';
import type { ManagedObjectReference } from '../raw.js';
import type { VimClient } from '../vim-client.js';
import { readObject } from './read-object.js';

/** Where virt-v2v and VDDK find a machine. */
export interface ConversionAddress {
  /** libvirt URI of the machine's host, without a password. */
  readonly libvirtUri: string;
  /** Name of the machine as libvirt wants it. */
  readonly machineName: string;
  /** `moref=vm-42`, as VDDK wants it. */
  readonly vddkMachine: string;
  /** Name of the host that the machine is on. */
  readonly hostName: string;
  /** Fingerprint of the host's certificate, where the source tells. */
  readonly hostThumbprint?: string;
}

const reference = z.object({ type: z.string(), value: z.string() }).optional();
const machine = z.object({ name: z.string().default(''), 'runtime.host': reference });
const ancestor = z.object({ name: z.string().default(''), parent: reference });
const deepest = 64;

/** Objects from the given one up to the root folder. */
async function lineage(
  client: VimClient,
  start: ManagedObjectReference,
  signal: AbortSignal,
): Promise<{ type: string; name: string }[]> {
  const names: { type: string; name: string }[] = [];
  let next: ManagedObjectReference | undefined = start;
  while (next !== undefined && names.length < deepest) {
    const properties = await readObject(client, next, ['name', 'parent'], signal);
    const { name, parent }: z.infer<typeof ancestor> = ancestor.parse(properties ?? {});
    names.push({ type: next.type, name: decodedName(name) });
    next = parent;
  }
  return names;
}

/**
 * libvirt's path of a host: datacenter, folders, cluster, host. It leaves out the root folder, the
 * folder that holds all hosts of a datacenter, and the cluster of one that a lone host stands in.
 */
function libvirtPath(fromHost: readonly { type: string; name: string }[]): string {
  const path: string[] = [];
  fromHost.forEach(({ type, name }, place) => {
    const above = fromHost[place + 1]?.type;
    const isTop = type === 'Folder' && (above === undefined || above === 'Datacenter');
    if (!isTop && type !== 'ComputeResource') path.unshift(encodeURIComponent(name));
  });
  return path.join('/');
}

/** `undefined` where the source no longer knows the machine, or it is registered on no host. */
export async function readConversionAddress(
  client: VimClient,
  externalId: string,
  signal: AbortSignal,
): Promise<ConversionAddress | undefined> {
  const vm = { type: 'VirtualMachine', value: externalId };
  const properties = await readObject(client, vm, ['name', 'runtime.host'], signal);
  const { name, 'runtime.host': host } = machine.parse(properties ?? {});
  if (properties === undefined || host === undefined) return undefined;
  const facts = await readObject(client, host, ['name', 'summary.config.sslThumbprint'], signal);
  const thumbprint = facts?.['summary.config.sslThumbprint'];
  const user = encodeURIComponent(client.configuration.username);
  const isVcenter = client.content.about.apiType === 'VirtualCenter';
  const path = isVcenter ? libvirtPath(await lineage(client, host, signal)) : '';
  return {
    // The certificate was compared when this session was made; libvirt knows no pinned one.
    libvirtUri: `${isVcenter ? 'vpx' : 'esx'}://${user}@${client.address}/${path}?no_verify=1`,
    machineName: decodedName(name),
    vddkMachine: `moref=${externalId}`,
    hostName: typeof facts?.name === 'string' ? decodedName(facts.name) : '',
    ...(typeof thumbprint === 'string' && thumbprint !== '' ? { hostThumbprint: thumbprint } : {}),
  };
}
