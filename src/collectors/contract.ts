import type { z } from 'zod';
import type { AnyRecord, EntityKind } from '../graph/model/index.js';

/** Kinds of source. The name stands in configuration, in the graph and on the command line. */
export const SourceKind = {
  vsphere: 'vsphere',
  kubevirt: 'kubevirt',
  ovirt: 'ovirt',
  openstack: 'openstack',
  ova: 'ova',
  rvtools: 'rvtools',
  introspection: 'introspection',
} as const;
export type SourceKind = (typeof SourceKind)[keyof typeof SourceKind];

/** One object as the source gave it: JSON values only, so that a bundle can hold it. */
export interface RawObject {
  /** The source's own type name, for instance VirtualMachine or v1/Node. */
  readonly type: string;
  readonly externalId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Something the collector could not read. Recorded on the source and shown, never silent. */
export interface Omission {
  readonly kind: EntityKind | 'source';
  readonly externalId?: string;
  /** Property path, privilege or endpoint that was refused or missing. */
  readonly what: string;
  /** The source's own words. */
  readonly why: string;
}

/** What has to be true before anything may be swept: the collector saw every object of a kind. */
export interface ProofOfCompleteness {
  /** Objects the source says it has, for each kind that was read whole. */
  readonly counts: Readonly<Partial<Record<EntityKind, number>>>;
  /** Place in the source's stream of changes at which the read began, for `watch`. */
  readonly since: string;
}

export type CollectorPage<Cursor> =
  | {
      readonly type: 'page';
      readonly objects: readonly RawObject[];
      readonly omissions: readonly Omission[];
      readonly cursor: Cursor;
      /** Objects still to come, where the source can tell; for progress only. */
      readonly remaining?: number;
    }
  | { readonly type: 'done'; readonly proof: ProofOfCompleteness };

/** A change that the source announced after a full read. */
export type CollectorChange =
  | { readonly type: 'changed'; readonly object: RawObject }
  | { readonly type: 'removed'; readonly objectType: string; readonly externalId: string };

/** Changes that belong together, with the place to go on from. */
export interface ChangeBurst {
  readonly changes: readonly CollectorChange[];
  readonly since: string;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** Upper-case hexadecimal pairs joined by colons, as clients of the source show them. */
  readonly sha256: string;
  readonly sha1: string;
  /** Whether the chain leads to a trusted authority, and why not. */
  readonly trusted: boolean;
  readonly reason?: string;
  readonly pem: string;
}

export interface Finding {
  readonly severity: 'blocker' | 'warning' | 'information';
  /** What was found, for instance a missing privilege by name. */
  readonly what: string;
  /** What it would prevent. */
  readonly effect: string;
  readonly remedy: string;
}

/** What a person sees before a source is saved. */
export interface Verification {
  readonly ok: boolean;
  readonly certificate?: Certificate;
  /** Where the source was reached, if its configuration says so only by a file. */
  readonly address?: string;
  readonly product?: string;
  readonly version?: string;
  readonly instanceId?: string;
  /** Source clock minus ours, in seconds. */
  readonly clockSkewSeconds?: number;
  readonly privileges?: {
    readonly present: readonly string[];
    readonly missing: readonly string[];
  };
  readonly findings: readonly Finding[];
}

/**
 * What one kind of source has to bring. It reads and maps; it never touches the store. The engine
 * owns cursors, batches, retries, progress and the sweep.
 */
export interface Collector<Configuration, Session, Cursor> {
  readonly kind: SourceKind;
  /** What a person has to enter, secrets included; parsed at the edge. */
  readonly configuration: z.ZodType<Configuration>;
  /** Names of the configuration's fields that are secrets and are sealed at rest. */
  readonly secrets: readonly (keyof Configuration & string)[];

  /**
   * Last parts of field names, in lower case, whose texts are words of the source and no names.
   * With them a bundle with pseudonyms hides every other text; without, those in fields that are
   * known to hold names.
   */
  readonly technicalFields?: ReadonlySet<string>;

  /** Looks before anything is saved. Throws only where not even a certificate could be had. */
  verify(configuration: Configuration, signal: AbortSignal): Promise<Verification>;

  /** Opens a session, runs the burst, and closes the session whatever happens. */
  around<T>(
    configuration: Configuration,
    burst: (session: Session) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;

  /** The next page of a full read; `undefined` starts it. */
  next(
    session: Session,
    cursor: Cursor | undefined,
    signal: AbortSignal,
  ): Promise<CollectorPage<Cursor>>;

  /**
   * Changes after the given place, for as long as the caller listens. Ends by throwing a
   * retryable error when the stream is lost; the engine then makes a new full read.
   */
  watch(session: Session, since: string, signal: AbortSignal): AsyncIterable<ChangeBurst>;

  /**
   * Records of one raw object, in the terms of the model. Pure: the same object gives the same
   * records, so that a bundle replays to the graph that the source gave. One object may give
   * several records (a machine and its disks); `owned` lists the kinds it may give besides its
   * own, so that parts that vanished can be told from parts that were never there.
   */
  map(object: RawObject, context: MappingContext): MappedObject;
}

/** What mapping needs to know beyond the object itself; the engine fills it from the read so far. */
export interface MappingContext {
  readonly sourceId: string;
  /** Earlier raw facts by external id that a collector asked to remember while mapping. */
  readonly memory: Map<string, unknown>;
}

export interface MappedObject {
  /** The object's own record first, then those of its parts. */
  readonly records: readonly AnyRecord[];
  /**
   * Parts of this object: kinds whose records with this owner are replaced as a whole, and removed
   * with it. A kind that several objects give (a VLAN of several port groups) is not owned.
   */
  readonly owned: readonly EntityKind[];
  readonly omissions: readonly Omission[];
}
