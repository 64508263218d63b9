/** How the server proves itself, as far as the configuration says. */
export interface ServerTrust {
  /** Authorities in PEM form; the system's where there is none. */
  readonly ca?: string;
  /** Name that the certificate has to carry, where it is not the host's. */
  readonly servername?: string;
}

/** What is shown to the server now. Holds secrets: never log it. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly clientCertificate: { readonly cert: string; readonly key: string } | undefined;
}

/** All that is needed to call a cluster. */
export interface ClusterAccess {
  /** Name to show: the context, or the host of the server. */
  readonly name: string;
  readonly server: string;
  readonly trust: ServerTrust;
  /** SHA-256 in upper-case hexadecimal without colons. */
  readonly certificateFingerprint?: string;
  /** Address of the proxy on the way to the server. May hold a password. */
  readonly proxy?: string;
  /**
   * Reads tokens and client certificates: from the configuration, from files that are replaced
   * meanwhile, from a program or an OpenID provider.
   *
   * @throws ClusterAccessError where they cannot be had.
   */
  credentials(): Promise<Credentials>;
  /** Forgets what programs and providers gave, for the server no longer accepts it. */
  renew(): Promise<void>;
}
