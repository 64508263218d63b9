import { record, type AnyRecord } from '../../../graph/model/index.js';
import { edgeByType, edgeTo, known } from './edges.js';
import type { Fields } from './fields.js';
import type { SourceObject } from './source-object.js';

/** A limit of -1 is how vSphere says unlimited. */
export const ceiling = (allocation: Fields): number | undefined => {
  const limit = allocation.integer('limit');
  return limit === undefined || limit < 0 ? undefined : limit;
};

function startOrder(vApp: Fields): readonly string[] {
  return vApp
    .objects('entityConfig')
    .flatMap((entity) => {
      const key = entity.reference('key');
      return key === undefined ? [] : [{ id: key.value, order: entity.integer('startOrder') ?? 0 }];
    })
    .sort((one, other) => one.order - other.order)
    .map(({ id }) => id);
}

/** A resource pool or a vApp. */
export function mapResourcePool(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const cpu = fields.part('config').part('cpuAllocation');
  const memory = fields.part('config').part('memoryAllocation');
  const vApp = fields.part('vAppConfig');
  const [product] = vApp.objects('product');
  const isVApp = object.raw.type === 'VirtualApp';
  const parent = fields.reference('parent');
  return [
    record(
      'ResourcePool',
      object.id,
      object.name,
      {
        variant: isVApp ? 'vApp' : 'resourcePool',
        isRoot: parent?.type.endsWith('ComputeResource') === true,
        cpuReservationMHz: cpu.integer('reservation'),
        cpuLimitMHz: ceiling(cpu),
        cpuShares: cpu.part('shares').integer('shares'),
        memoryReservationMB: memory.integer('reservation'),
        memoryLimitMB: ceiling(memory),
        memoryShares: memory.part('shares').integer('shares'),
        product: product?.filled('name'),
        vendor: product?.filled('vendor'),
        startOrder: isVApp ? startOrder(vApp) : undefined,
      },
      known({
        parent: edgeByType(['ResourcePool'], parent),
        cluster: edgeTo('Cluster', fields.reference('owner')),
        folder: edgeByType(['Folder'], fields.reference('parentFolder')),
      }),
    ),
  ];
}
