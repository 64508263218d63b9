import type {
  ManagedObjectReference,
  VsphereRawObject,
  VsphereType,
} from '../collectors/vsphere/raw.js';

/** Body of a raw object: property paths to JSON values. */
export type Body = Readonly<Record<string, unknown>>;

export const reference = (type: string, value: string): ManagedObjectReference => ({ type, value });

export const rawObject = (type: VsphereType, externalId: string, body: Body): VsphereRawObject => ({
  type,
  externalId,
  // An unset property is absent, not undefined: it has to survive JSON unchanged.
  body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
});

/** A name as vSphere stores it: the characters of its paths are escaped. */
export const storedName = (name: string): string =>
  name.replaceAll('%', '%25').replaceAll('/', '%2f').replaceAll('\\', '%5c');

export const GiB = 1024 ** 3;
export const MiB = 1024 ** 2;

/** An allocation of a resource: no reservation, no limit, normal shares. */
export function allocation(shares: number, reservation = 0): Body {
  return {
    reservation,
    expandableReservation: false,
    limit: -1,
    shares: { shares, level: 'normal' },
  };
}
