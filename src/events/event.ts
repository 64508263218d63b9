/** How far a sync is, some times a second. */
export interface SyncProgressEvent {
  readonly source: string;
  readonly sync: number;
  /** comparing, reading, settling, sweeping, deriving, evaluating; complete, failed, … at its end. */
  readonly phase: string;
  readonly kind?: string;
  readonly seen: number;
  readonly total?: number;
  readonly ratePerSecond?: number;
  readonly etaSeconds?: number;
  readonly error?: string;
}

/** Something in the inventory or its concerns is different now. */
export interface InventoryChangedEvent {
  readonly source: string;
  readonly sync: number;
  readonly mode: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** A migration, one of its machines, or a step of one went on. */
export interface MigrationProgressEvent {
  readonly migration: string;
  readonly virtualMachine?: string;
  readonly name?: string;
  readonly state: string;
  readonly step?: string;
  readonly stepState?: string;
  readonly copiedBytes?: number;
  readonly totalBytes?: number;
  readonly etaSeconds?: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly at: string;
}

/** What is told to whoever listens, by topic. */
export interface EventTopics {
  readonly syncProgress: SyncProgressEvent;
  readonly inventoryChanged: InventoryChangedEvent;
  readonly migrationProgress: MigrationProgressEvent;
}

export type EventTopic = keyof EventTopics;
export const eventTopics: readonly EventTopic[] = [
  'syncProgress',
  'inventoryChanged',
  'migrationProgress',
];
