import { openConnections, type Connections } from '../../src/executor/index.js';

export interface LabAddresses {
  readonly kubeconfigPath: string;
  readonly vcsim: {
    readonly host: string;
    readonly username: string;
    readonly password: string;
    readonly sha256: string;
  };
}

/** Ids of the two ends of the lab. */
export const labSource = 'vcsim';
export const labTarget = 'lab';

/** What a server would have kept sealed for the two ends of the lab. */
export function labCredentials({ kubeconfigPath, vcsim }: LabAddresses, id: string): unknown {
  if (id === labTarget) return { kubeconfigPath };
  const { host, username, password, sha256 } = vcsim;
  return { address: host, username, password, fingerprint: sha256 };
}

/** Both ends of the lab, opened as the server opens them. */
export const labConnections = (addresses: LabAddresses): Connections =>
  openConnections({ openCredentials: (id) => Promise.resolve(labCredentials(addresses, id)) });
