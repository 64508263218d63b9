import type { AnyRecord, EdgeTarget } from '../../../graph/model/index.js';
import { neighbourRecords, type NeighbourSwitch } from '../../neighbour-switch.js';
import { addedKeys } from '../raw.js';
import type { Fields } from './fields.js';
import type { SourceObject } from './source-object.js';

/** What a network card hears at the other end of its cable. */
export interface HeardByCard {
  readonly properties: {
    readonly switchName?: string | undefined;
    readonly switchPort?: string | undefined;
    readonly observedVlans: readonly string[];
  };
  readonly pluggedInto?: EdgeTarget | undefined;
  /** The switch and the port, as what is shared with other cards. */
  readonly records: readonly AnyRecord[];
}

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/u.test(text) ? Number(text) : undefined;

/** A parameter of LLDP. Others are of classes that say nothing here, and are not looked at. */
const tellerOf =
  (lldp: Fields) =>
  (name: string): string | undefined =>
    lldp
      .objects('parameter')
      .find((each) => each.text('key')?.toLowerCase() === name)
      ?.filled('value');

function heardByLldp(lldp: Fields): NeighbourSwitch {
  const told = tellerOf(lldp);
  const aggregation = whole(told('aggregation status'));
  return {
    protocol: 'lldp',
    systemName: told('system name'),
    chassisId: lldp.filled('chassisId'),
    portId: lldp.filled('portId'),
    description: told('port description'),
    nativeVlan: whole(told('vlan id')),
    mtu: whole(told('mtu')),
    // The status is a mask: bit 1 says that the port is in an aggregation now (IEEE 802.1AX).
    aggregated: aggregation === undefined ? undefined : (aggregation & 2) !== 0,
    platform: told('system description'),
    managementAddress: told('management address'),
  };
}

const heardByCdp = (cdp: Fields): NeighbourSwitch => ({
  protocol: 'cdp',
  systemName: cdp.filled('systemName') ?? cdp.filled('devId'),
  portId: cdp.filled('portId'),
  nativeVlan: cdp.integer('vlan'),
  mtu: cdp.integer('mtu'),
  platform: cdp.filled('hardwarePlatform'),
  managementAddress: cdp.filled('mgmtAddr') ?? cdp.filled('address'),
});

function heard(hint: Fields): HeardByCard {
  const cdp = hint.fields('connectedSwitchPort');
  const lldp = hint.fields('lldpInfo');
  const vlans = [...hint.objects('subnet'), ...hint.objects('network')].flatMap(
    (each) => each.integer('vlanId') ?? [],
  );
  const neighbours = [
    ...(lldp === undefined ? [] : [heardByLldp(lldp)]),
    ...(cdp === undefined ? [] : [heardByCdp(cdp)]),
  ];
  // Where both are heard they say the same switch; LLDP tells it by an id.
  const found = neighbours.map(neighbourRecords);
  const best = found.find(({ pluggedInto }) => pluggedInto !== undefined) ?? found[0];
  return {
    properties: {
      switchName:
        cdp?.filled('systemName') ??
        cdp?.filled('devId') ??
        neighbours[0]?.systemName ??
        lldp?.filled('chassisId'),
      switchPort: cdp?.filled('portId') ?? lldp?.filled('portId'),
      // 0 is how the source says that the frames had no tag.
      observedVlans: [...new Set(vlans)]
        .filter((id) => id > 0)
        .sort((one, other) => one - other)
        .map(String),
    },
    pluggedInto: best?.pluggedInto,
    records: best?.records ?? [],
  };
}

/** What the cards of a host hear, by device name. */
export const heardByCards = (host: SourceObject): ReadonlyMap<string, HeardByCard> =>
  new Map(
    host.fields.objects(addedKeys.networkHints).flatMap((hint) => {
      const device = hint.filled('device');
      return device === undefined ? [] : [[device, heard(hint)] as const];
    }),
  );
