/** The services that are read, by what they are. */
export type ServiceName =
  'identity' | 'compute' | 'blockStorage' | 'image' | 'network' | 'loadBalancer' | 'orchestration';

export interface Service {
  /** Types in the service catalogue, the official one first. */
  readonly types: readonly string[];
  /** Appended to an endpoint that names no version. */
  readonly version: string;
  /** Name in the microversion header, and the newest version whose answers are known here. */
  readonly microversion?: { readonly name: string; readonly newest: number };
}

export const services: Readonly<Record<ServiceName, Service>> = {
  identity: { types: ['identity'], version: '/v3' },
  compute: {
    types: ['compute'],
    version: '/v2.1',
    microversion: { name: 'compute', newest: 96 },
  },
  blockStorage: {
    types: ['block-storage', 'volumev3', 'block-store'],
    version: '/v3',
    microversion: { name: 'volume', newest: 70 },
  },
  image: { types: ['image'], version: '/v2' },
  network: { types: ['network'], version: '/v2.0' },
  loadBalancer: { types: ['load-balancer'], version: '/v2' },
  orchestration: { types: ['orchestration'], version: '/v1' },
};
