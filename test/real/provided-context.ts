declare module 'vitest' {
  interface ProvidedContext {
    /** Socket on which the test run hands out its services; they start when first asked for. */
    realServicesSocket: string;
  }
}

/** Addresses of the services of one test run. */
export interface ServiceAddresses {
  readonly neo4j: { readonly uri: string; readonly user: string; readonly password: string };
  readonly redis: { readonly url: string };
  readonly kubernetes: { readonly kubeconfig: string };
}

export type ServiceName = keyof ServiceAddresses;

export function isServiceName(text: string): text is ServiceName {
  return text === 'neo4j' || text === 'redis' || text === 'kubernetes';
}
