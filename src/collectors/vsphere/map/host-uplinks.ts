import { record, to, type AnyRecord, type EdgeTarget } from '../../../graph/model/index.js';
import { addedKeys } from '../raw.js';
import type { Fields } from './fields.js';
import type { SourceObject } from './source-object.js';

export const switchId = (host: SourceObject, name: string): string => host.part('vswitch', name);

interface Uplink {
  readonly uplink?: string | undefined;
  readonly lag?: string | undefined;
}

const entries = (list: readonly Fields[]): readonly (readonly [string, string])[] =>
  list.flatMap((entry) => {
    const key = entry.filled('key');
    return key === undefined ? [] : [[key, entry.filled('value') ?? key] as const];
  });

/** What each card of a distributed switch is there, by device. */
function uplinksOfProxy(proxy: Fields): ReadonlyMap<string, Uplink> {
  const ports = new Map<string, Uplink>(
    entries(proxy.objects('uplinkPort')).map(([key, uplink]) => [key, { uplink }]),
  );
  for (const group of proxy.objects('hostLag')) {
    const lag = group.filled('lagName') ?? group.filled('lagKey');
    for (const [key, uplink] of entries(group.objects('uplinkPort'))) {
      ports.set(key, { uplink, lag });
    }
  }
  const cards = proxy.part('spec').part('backing').objects('pnicSpec');
  return new Map(
    cards.flatMap((card) => {
      const device = card.filled('pnicDevice');
      const port = ports.get(card.filled('uplinkPortKey') ?? '');
      return device === undefined || port === undefined ? [] : [[device, port] as const];
    }),
  );
}

/** How the cards of one host reach its switches, by the key of the card. */
export class HostUplinks {
  readonly bonds: readonly AnyRecord[];
  private readonly switches = new Map<string, string[]>();
  private readonly uplinkByDevice = new Map<string, string>();
  private readonly bondByDevice = new Map<string, string>();

  constructor(private readonly host: SourceObject) {
    for (const each of host.fields.objects('config.network.vswitch')) {
      const name = each.filled('name');
      if (name === undefined) continue;
      this.add(each.texts('pnic'), switchId(host, name));
    }
    const distributed = host.fields.textEntries(addedKeys.switches);
    const bonds: AnyRecord[] = [];
    for (const proxy of host.fields.objects('config.network.proxySwitch')) {
      const target = distributed.get(proxy.text('dvsUuid') ?? '');
      if (target === undefined) continue;
      const named = uplinksOfProxy(proxy);
      this.add(proxy.texts('pnic'), target);
      bonds.push(...this.lagsOf(target, named));
    }
    this.bonds = bonds;
  }

  /** Switches that the card is an uplink of. */
  switchesOf(key: string): readonly EdgeTarget[] {
    return (this.switches.get(key) ?? []).map((id) => to('Switch', id));
  }

  /** Name of the uplink that it is on a distributed switch. */
  uplinkOf(device: string): string | undefined {
    return this.uplinkByDevice.get(device);
  }

  bondOf(device: string): EdgeTarget | undefined {
    const id = this.bondByDevice.get(device);
    return id === undefined ? undefined : to('Bond', id);
  }

  /** A group of the switch is a bond on each host that has cards in it. */
  private lagsOf(target: string, named: ReadonlyMap<string, Uplink>): readonly AnyRecord[] {
    const lags = new Set<string>();
    for (const [device, { uplink, lag }] of named) {
      if (uplink !== undefined) this.uplinkByDevice.set(device, uplink);
      if (lag === undefined) continue;
      lags.add(lag);
      this.bondByDevice.set(device, this.host.part(target, lag));
    }
    return [...lags].map((lag) =>
      record(
        'Bond',
        this.host.part(target, lag),
        lag,
        { lacp: true },
        { host: to('Host', this.host.id), switches: to('Switch', target) },
      ),
    );
  }

  private add(keys: readonly string[], id: string): void {
    for (const key of keys) this.switches.set(key, [...(this.switches.get(key) ?? []), id]);
  }
}
