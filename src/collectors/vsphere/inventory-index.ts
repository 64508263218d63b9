import { z } from 'zod';
import type { RawObject } from '../contract.js';
import { decodedName } from './inventory-name.js';
import { stepsTo } from './inventory-walk.js';
import type { ManagedObjectType } from './paths.js';
import { retrieveAll } from './property-collector.js';
import { rawObject } from './raw-object.js';
import type { VimClient } from './vim-client.js';

const reference = z.object({ type: z.string(), value: z.string() }).optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const indexed = z.object({
  name: text,
  parent: reference,
  parentFolder: reference,
  uuid: text,
  key: text,
  summary: z.object({ opaqueNetworkId: text }).optional().catch(undefined),
});

/** Properties of the few objects that many others are named by. */
const indexPaths = {
  Folder: ['name', 'parent'],
  Datacenter: ['name', 'parent'],
  VirtualApp: ['name', 'parent', 'parentFolder'],
  DistributedVirtualSwitch: ['name', 'parent', 'uuid'],
  VmwareDistributedVirtualSwitch: ['name', 'parent', 'uuid'],
  Network: ['name', 'parent'],
  OpaqueNetwork: ['name', 'parent', 'summary'],
  DistributedVirtualPortgroup: ['name', 'parent', 'key'],
} as const satisfies Partial<Record<ManagedObjectType, readonly string[]>>;

const indexTypes = [
  'Folder',
  'Datacenter',
  'VirtualApp',
  'DistributedVirtualSwitch',
  'VmwareDistributedVirtualSwitch',
  'Network',
  'OpaqueNetwork',
  'DistributedVirtualPortgroup',
] as const satisfies readonly (keyof typeof indexPaths)[];

interface Place {
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
}

/** Deeper than vSphere allows folders to nest; ends a walk around a circle. */
const maximumDepth = 64;

/**
 * Names and places of folders and networks. Machines say where they are by reference alone, so
 * that a path or the network behind an NSX id needs another object's name. Some thousand entries
 * at most: machines and hosts are not in it.
 */
export class InventoryIndex {
  private readonly places = new Map<string, Place>();
  private readonly opaqueNetworks = new Map<string, string>();
  private readonly portGroups = new Map<string, string>();
  private readonly switches = new Map<string, string>();

  static async read(client: VimClient, signal: AbortSignal): Promise<InventoryIndex> {
    const index = new InventoryIndex();
    const pages = retrieveAll(
      client,
      { paths: indexPaths, objects: [client.content.rootFolder], steps: stepsTo(indexTypes) },
      client.configuration.pageSize,
      signal,
    );
    for await (const page of pages) {
      for (const content of page) index.learn(rawObject(content));
    }
    return index;
  }

  /** Takes in an object that may have a new name or place. */
  learn(object: RawObject): void {
    if (!(object.type in indexPaths)) return;
    const { name, parent, parentFolder, uuid, key, summary } = indexed.parse(object.body);
    const id = object.externalId;
    this.places.set(id, {
      type: object.type,
      name: decodedName(name ?? ''),
      parent: (parentFolder ?? parent)?.value,
    });
    if (summary?.opaqueNetworkId !== undefined) {
      this.opaqueNetworks.set(summary.opaqueNetworkId, id);
    }
    if (key !== undefined) this.portGroups.set(key, id);
    if (uuid !== undefined) this.switches.set(uuid, id);
  }

  forget(id: string): void {
    this.places.delete(id);
  }

  name(id: string): string | undefined {
    return this.places.get(id)?.name;
  }

  type(id: string): string | undefined {
    return this.places.get(id)?.type;
  }

  opaqueNetwork(id: string): string | undefined {
    return this.opaqueNetworks.get(id);
  }

  portGroup(key: string): string | undefined {
    return this.portGroups.get(key);
  }

  switch(uuid: string): string | undefined {
    return this.switches.get(uuid);
  }

  /** Names below the root folder down to `name`; `undefined` where a folder on the way is unknown. */
  path(parent: string | undefined, name: string): string | undefined {
    const names = [name];
    let next = parent;
    for (let depth = 0; next !== undefined; depth += 1) {
      const place = this.places.get(next);
      if (place === undefined || depth > maximumDepth) return undefined;
      // The root folder has no parent, and its name says nothing.
      if (place.parent === undefined) break;
      names.unshift(place.name);
      next = place.parent;
    }
    return names.join('/');
  }
}
