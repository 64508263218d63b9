import { redHat9, windows2022, type GuestSystem } from './guest-systems.js';
import { placeFolder } from './folders.js';
import type { Layout, Site } from './layout.js';
import type { MachineDraft } from './machine-draft.js';
import { networkOf } from './layout.js';

const golden: readonly (readonly [string, GuestSystem, string | undefined])[] = [
  // Clones of this one keep the name that it was never given.
  ['tpl-rhel9-golden', redHat9, 'localhost.localdomain'],
  ['tpl-win2022-golden', windows2022, 'WIN-TEMPLATE'],
];

function template(layout: Layout, site: Site, place: number): MachineDraft | undefined {
  const entry = golden[place];
  const cluster = layout.clusters.find((each) => each.site === site);
  if (entry === undefined || cluster === undefined) return undefined;
  const [name, system, hostName] = entry;
  const [datastore] = cluster.datastores;
  const index = site.index * 10 + place;
  return {
    index,
    id: `vm-${500_000 + index}`,
    site,
    cluster,
    host: cluster.hosts[0],
    application: undefined,
    tier: undefined,
    isTemplate: true,
    name,
    folderId: placeFolder(site, 'Templates'),
    // A template is in no resource pool.
    poolId: undefined,
    system,
    cpus: 2,
    coresPerSocket: 1,
    memoryMB: 4096,
    powerState: 'poweredOff',
    toolsRunning: false,
    hostName,
    annotation: 'Golden image. Clone, do not start.',
    disks: [
      {
        key: 2000,
        capacityGiB: 40,
        datastore,
        file: `[${datastore.name}] ${name}/${name}.vmdk`,
        mode: 'persistent',
        sharing: 'sharingNone',
        thin: true,
        changeTracking: false,
      },
    ],
    busSharing: 'noSharing',
    nics: [
      {
        key: 4000,
        network: networkOf(site, 'untagged'),
        mac: `00:50:56:f0:${site.index.toString(16).padStart(2, '0')}:0${place}`,
        address: undefined,
        sriov: false,
      },
    ],
    volumes: [],
    snapshots: [],
    settings: new Map(),
    devices: [],
    hasChangeTracking: false,
    consolidationNeeded: false,
    hotAdd: false,
    affinity: [],
    isFaultTolerant: false,
    secureBoot: false,
    isOrphaned: false,
    tags: [],
    attributes: new Map(),
  };
}

/** The golden images of each site. */
export function* templates(layout: Layout): Generator<MachineDraft> {
  for (const site of layout.sites) {
    for (const place of golden.keys()) {
      const draft = template(layout, site, place);
      if (draft !== undefined) yield draft;
    }
  }
}
