import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { known } from '../../vsphere/map/edges.js';
import { vlanEdge, vlanRecord } from '../../vsphere/map/vlan.js';
import { added } from '../estate/added-columns.js';
import { listed } from '../listed.js';
import type { Cells } from './cells.js';
import { readNumber } from './numbers.js';
import type { RvtoolsObject } from './rvtools-object.js';

interface Tagging {
  readonly vlanType?: 'none' | 'access' | 'trunk';
  readonly vlanId?: number;
  readonly trunkRanges?: readonly string[];
}

/** `10` is an access network, `0-4094` and `10, 20-29` are trunks. */
export function taggingOf(row: Cells): Tagging {
  const written = row.text('vlan');
  if (written === undefined) return {};
  const single = /^\d{1,4}$/u.test(written) ? readNumber(written) : undefined;
  if (single === 0) return { vlanType: 'none' };
  if (single !== undefined) return { vlanType: 'access', vlanId: single };
  const ranges = written
    .split(/[,;]/u)
    .map((range) => /^\s*(\d{1,4})(?:\s*-\s*(\d{1,4}))?\s*$/u.exec(range));
  if (ranges.some((range) => range === null)) return {};
  return {
    vlanType: 'trunk',
    trunkRanges: ranges.flatMap((range) => {
      const first = range?.[1];
      return first === undefined ? [] : [`${first}-${range?.[2] ?? first}`];
    }),
  };
}

/** A network: a port group of a distributed switch where dvPort has it, else one of hosts. */
export function mapNetwork(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('dvPort');
  const isDistributed = object.all('dvPort').length > 0;
  const name = object.made(added.name) ?? object.id;
  const datacenter = object.made(added.datacenter);
  const parent = datacenter === undefined ? undefined : to('Datacenter', datacenter);
  if (!isDistributed) {
    const variant = object.made(added.variant);
    return [record('Network', object.id, name, { variant }, known({ parent }))];
  }
  const tagged = taggingOf(row);
  const switchId = row.text(added.switch);
  const network = record(
    'Network',
    object.id,
    name,
    {
      variant: 'distributedPortGroup',
      ...tagged,
      promiscuous: row.flag('allowpromiscuous'),
      forgedTransmits: row.flag('forgedtransmits'),
      macChanges: row.flag('macchanges'),
      teamingPolicy: row.text('policy'),
      activeUplinks: listed(row.text('activeuplink')),
      standbyUplinks: listed(row.text('standbyuplink')),
      portCount: row.integer('#ports'),
      portBinding: row.text('type'),
    },
    known({
      parent,
      switch: switchId === undefined ? undefined : to('Switch', switchId),
      vlan: vlanEdge(tagged.vlanId),
    }),
  );
  return [network, ...vlanRecord(tagged.vlanId)];
}

export function mapDistributedSwitch(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('dvSwitch');
  const datacenter = row.text(added.datacenter);
  return [
    record(
      'Switch',
      object.id,
      row.text(added.name) ?? object.id,
      {
        variant: 'distributed',
        mtu: row.integer('maxmtu'),
        portCount: row.integer('#ports'),
        version: row.text('version'),
        discoveryProtocol: row.text('cdptype'),
        discoveryOperation: row.text('cdpoperation'),
      },
      known({
        hosts: row.lines(added.hosts).map((id) => to('Host', id)),
        parent: datacenter === undefined ? undefined : to('Datacenter', datacenter),
      }),
    ),
  ];
}
