import { addedKeys } from '../raw.js';
import type { Fields } from './fields.js';
import type { SourceObject } from './source-object.js';

/** What a network card hears of the switch at the other end of its cable. */
export interface Neighbour {
  readonly switchName?: string | undefined;
  readonly switchPort?: string | undefined;
  readonly observedVlans: readonly string[];
}

function lldpParameter(lldp: Fields, name: string): string | undefined {
  const found = lldp.objects('parameter').find((each) => each.text('key') === name);
  return found?.filled('value');
}

function neighbour(hint: Fields): Neighbour {
  const cdp = hint.part('connectedSwitchPort');
  const lldp = hint.part('lldpInfo');
  const vlans = [...hint.objects('subnet'), ...hint.objects('network')].flatMap(
    (each) => each.integer('vlanId') ?? [],
  );
  return {
    switchName:
      cdp.filled('systemName') ??
      cdp.filled('devId') ??
      lldpParameter(lldp, 'System Name') ??
      lldp.filled('chassisId'),
    switchPort: cdp.filled('portId') ?? lldp.filled('portId'),
    // 0 is how the source says that the frames had no tag.
    observedVlans: [...new Set(vlans)]
      .filter((id) => id > 0)
      .sort((one, other) => one - other)
      .map(String),
  };
}

/** Neighbours by device name. */
export const neighboursOf = (host: SourceObject): ReadonlyMap<string, Neighbour> =>
  new Map(
    host.fields.objects(addedKeys.networkHints).flatMap((hint) => {
      const device = hint.filled('device');
      return device === undefined ? [] : [[device, neighbour(hint)] as const];
    }),
  );
