import type { RequestOptions } from 'node:https';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { ClusterAccessError } from '../errors.js';
import type { ClusterAccess, Credentials, ServerTrust } from './access.js';

/** A kubeconfig whose context is chosen and allowed. */
export interface ChosenContext {
  readonly config: KubeConfig;
  readonly cluster: Cluster;
  readonly user: User;
}

/** What the package found out for a call, as text. */
const pem = (value: RequestOptions['cert']): string | undefined =>
  typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : undefined;

function headersOf({ headers }: RequestOptions): Record<string, string> {
  // A token file may end with a new line, which no header may have.
  const texts = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value).trim()]);
  return Object.fromEntries(texts) as Record<string, string>;
}

async function ask(config: KubeConfig, subject: string): Promise<Credentials> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    // A program may have written anything to its error output, a token included.
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new ClusterAccessError(
      subject,
      `its credentials could not be read from the file or program that it names${code}`,
      'Try `kubectl` with this kubeconfig as the user that the server runs as.',
      { cause: error },
    );
  }
  const [cert, key] = [pem(options.cert), pem(options.key as RequestOptions['cert'])];
  const clientCertificate = cert === undefined || key === undefined ? undefined : { cert, key };
  return { headers: headersOf(options), clientCertificate };
}

/** Access by a kubeconfig; `load` gives it anew, with nothing remembered. */
export class KubeconfigAccess implements ClusterAccess {
  readonly name: string;
  readonly server: string;
  readonly proxy?: string;
  readonly certificateFingerprint?: string;
  private asking: Promise<Credentials> | undefined;

  constructor(
    private chosen: ChosenContext,
    private readonly load: () => Promise<ChosenContext>,
    readonly trust: ServerTrust,
    certificateFingerprint: string | undefined,
  ) {
    const { config, cluster } = chosen;
    this.name = config.getCurrentContext();
    this.server = cluster.server.replace(/\/+$/u, '');
    if (certificateFingerprint !== undefined) this.certificateFingerprint = certificateFingerprint;
    if (cluster.proxyUrl !== undefined) this.proxy = cluster.proxyUrl;
  }

  credentials(): Promise<Credentials> {
    // Calls that begin together share one answer, or each would run the program.
    this.asking ??= ask(this.chosen.config, `kubeconfig context ${this.name}`).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  async renew(): Promise<void> {
    this.chosen = await this.load();
  }
}
