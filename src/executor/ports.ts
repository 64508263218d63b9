import type { MigrationProgressEvent } from '../events/index.js';
import type { Cluster } from '../kubernetes/index.js';
import type { WorkOrder } from './work-order.js';

/** Power state of a source machine in the words of the graph model. */
export type PowerState = 'poweredOn' | 'poweredOff' | 'suspended' | 'unknown';

export interface SourceDisk {
  readonly key: number;
  readonly file: string;
  readonly capacityBytes: number;
}

/** What the executor looks at before it touches a source machine. */
export interface SourceMachine {
  readonly name: string;
  readonly uuid?: string;
  readonly powerState: PowerState;
  readonly connected: boolean;
  readonly template: boolean;
  /** Whether the guest agent runs, without which a guest cannot be asked to shut down. */
  readonly guestAgentRunning: boolean;
  readonly disks: readonly SourceDisk[];
}

/** Where virt-v2v finds a machine when it copies by itself. */
export interface ConversionAddress {
  /** libvirt URI of the machine's host, without a password. */
  readonly libvirtUri: string;
  readonly machineName: string;
}

/**
 * The source of a migration. It can turn a machine off and on; there is deliberately no way to
 * delete or to change one.
 */
export interface SourceControl {
  /** `undefined` where the source no longer knows the machine. */
  machine(externalId: string, signal: AbortSignal): Promise<SourceMachine | undefined>;
  powerState(externalId: string, signal: AbortSignal): Promise<PowerState | undefined>;
  /** Asks the guest; returns when the request is accepted, not when the machine is off. */
  shutdownGuest(externalId: string, signal: AbortSignal): Promise<void>;
  powerOff(externalId: string, signal: AbortSignal): Promise<void>;
  powerOn(externalId: string, signal: AbortSignal): Promise<void>;
  /** `undefined` where the source no longer knows the machine. */
  conversionAddress(
    externalId: string,
    signal: AbortSignal,
  ): Promise<ConversionAddress | undefined>;
  close(): Promise<void>;
}

/** What an importer in the cluster needs to read the source by itself. Never logged or stored. */
export interface ImporterCredentials {
  readonly user: string;
  readonly password: string;
  /** SHA-1 fingerprint of the server's certificate, as VDDK wants it. */
  readonly thumbprint: string;
  /** For instance `https://vcenter.example/sdk`. */
  readonly url: string;
}

/** Opens the two ends of a migration from what the server keeps sealed. Connections are re-used. */
export interface Connections {
  source(sourceId: string, signal: AbortSignal): Promise<SourceControl>;
  importerCredentials(sourceId: string, signal: AbortSignal): Promise<ImporterCredentials>;
  cluster(targetId: string, signal: AbortSignal): Promise<Cluster>;
  close(): Promise<void>;
}

/** A plan in the terms of the executor: what to do for each machine, frozen when a run starts. */
export interface PlanForRun {
  readonly id: string;
  readonly name: string;
  /** What in its state keeps it from running, and what to do; absent where nothing does. */
  readonly obstacle?: { readonly code: string; readonly why: string; readonly remedy: string };
  /** Findings that keep it from running, in sentences; empty where none does. */
  readonly blockers: readonly string[];
  readonly workOrders: readonly WorkOrder[];
}

/** What is told to whoever watches a migration. */
export type MigrationEvent = MigrationProgressEvent;

export interface MigrationEvents {
  publish(event: MigrationEvent): void;
}
