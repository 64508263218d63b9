import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import type { Application } from './applications.js';
import { rawObject, reference, storedName } from './inventory-value.js';
import type { Site } from './layout.js';

export const rootFolderId = 'group-d1';

const kinds = ['vm', 'host', 'datastore', 'network'] as const;
export type FolderKind = (typeof kinds)[number];

const childTypes: Readonly<Record<FolderKind, readonly string[]>> = {
  vm: ['Folder', 'VirtualMachine', 'VirtualApp'],
  host: ['Folder', 'ComputeResource'],
  datastore: ['Folder', 'Datastore', 'StoragePod'],
  network: ['Folder', 'Network', 'DistributedVirtualSwitch'],
};

const letters: Readonly<Record<FolderKind, string>> = {
  vm: 'v',
  host: 'h',
  datastore: 's',
  network: 'n',
};

/** Id of one of the four folders that a datacenter begins with. */
export const siteFolder = (site: Site, kind: FolderKind): string =>
  `group-${letters[kind]}${1000 + site.index * 10 + kinds.indexOf(kind)}`;

/** Folders for machines under a site's own one, by environment and for templates. */
const places = ['production', 'test', 'development', 'Templates', 'Ünïcode / Ordner'] as const;
export type Place = (typeof places)[number];

export const placeFolder = (site: Site, place: Place): string =>
  `group-v${10_000 + site.index * 10 + places.indexOf(place)}`;

export const placePath = (site: Site, place: Place): string => `${site.name}/vm/${place}`;

export const applicationPath = ({ cluster, environment, name }: Application): string =>
  `${placePath(cluster.site, environment)}/${name}`;

function folder(
  id: string,
  name: string,
  parent: { readonly type: string; readonly value: string },
  path: string,
  kind: FolderKind,
): VsphereRawObject {
  return rawObject('Folder', id, {
    name: storedName(name),
    parent,
    childType: childTypes[kind],
    $path: path,
  });
}

export function* rootObjects(): Generator<VsphereRawObject> {
  yield rawObject('Folder', rootFolderId, {
    name: 'Datacenters',
    childType: ['Folder', 'Datacenter'],
  });
}

/** The folders of a site, those of applications left out. */
export function* siteFolderObjects(site: Site): Generator<VsphereRawObject> {
  for (const kind of kinds) {
    const parent = reference('Datacenter', site.id);
    yield folder(siteFolder(site, kind), kind, parent, `${site.name}/${kind}`, kind);
  }
  const parent = reference('Folder', siteFolder(site, 'vm'));
  for (const place of places) {
    yield folder(placeFolder(site, place), place, parent, placePath(site, place), 'vm');
  }
}

export function applicationFolder(application: Application): VsphereRawObject {
  const { cluster, environment, folderId, name } = application;
  const parent = reference('Folder', placeFolder(cluster.site, environment));
  return folder(folderId, name, parent, applicationPath(application), 'vm');
}

export function datacenterObject(site: Site): VsphereRawObject {
  return rawObject('Datacenter', site.id, {
    name: storedName(site.name),
    parent: reference('Folder', rootFolderId),
    $path: site.name,
  });
}
