import { limits } from '../archive/limits.js';
import { hostileExport } from '../errors.js';

/** One place of an export. */
export interface Place {
  readonly id: string;
  readonly vCenter: string;
  readonly name: string;
  readonly datacenter: string | undefined;
}

/** Counts places of all kinds, so that together they stay in memory. */
export class PlaceBudget {
  private count = 0;

  constructor(private readonly subject: string) {}

  take(): void {
    this.count += 1;
    if (this.count > limits.places) {
      throw hostileExport(this.subject, `it names more than ${limits.places} places`);
    }
  }
}

/** Places of one kind, found by the name that other sheets call them. */
export class NamedPlaces<P extends Place = Place> {
  private readonly byId = new Map<string, P>();
  private readonly byName = new Map<string, P[]>();

  constructor(private readonly budget: PlaceBudget) {}

  get size(): number {
    return this.byId.size;
  }

  get all(): Iterable<P> {
    return this.byId.values();
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  get(id: string): P | undefined {
    return this.byId.get(id);
  }

  /** @returns false where the place is known already. */
  add(place: P): boolean {
    if (this.byId.has(place.id)) return false;
    this.budget.take();
    this.byId.set(place.id, place);
    const key = `${place.vCenter}\n${place.name}`;
    const others = this.byName.get(key);
    if (others === undefined) this.byName.set(key, [place]);
    else others.push(place);
    return true;
  }

  named(vCenter: string, name: string): readonly P[] {
    return this.byName.get(`${vCenter}\n${name}`) ?? [];
  }

  /** The only place of the name, or the only one of those in the datacenter. */
  find(vCenter: string, name: string, datacenter: string | undefined): P | undefined {
    const all = this.named(vCenter, name);
    if (all.length === 1) return all[0];
    const fitting = all.filter((place) => place.datacenter === datacenter);
    return datacenter !== undefined && fitting.length === 1 ? fitting[0] : undefined;
  }
}
