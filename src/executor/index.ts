/**
 * Cold migrations, carried out step by step.
 *
 *     const migration = await startMigration(graph, plan, { name: 'ana' });
 *     const worker = await startWorker({ graph, redisUrl, connections, events, logger });
 *     const progress = await migrationProgress(graph, migration);
 *
 * All state is in the graph. Workers find what is due there, so any process may start, cancel,
 * pause, resume or retry a run without reaching a worker.
 */
export {
  executorConfigurationSchema,
  type ExecutorConfiguration,
  type ExecutorOptions,
} from './configuration.js';
export {
  cancelMigration,
  pauseMigration,
  resumeMigration,
  retryMigration,
  type CancelOptions,
  type ChangedMachine,
} from './control-migration.js';
export { openConnections, type ConnectionOptions, type OpenSource } from './connections.js';
export type { RecordedError } from './describe-error.js';
export { rollbackItinerary, stepNames, type StepName } from './itinerary.js';
export {
  FenceLostError,
  ForeignObjectError,
  MigrationRequestError,
  StepError,
} from './migration-error.js';
export { objectName } from './object-names.js';
export { readPlanForRun } from './plan-for-run.js';
export type {
  Connections,
  ImporterCredentials,
  MigrationEvent,
  MigrationEvents,
  PlanForRun,
  PowerState,
  SourceControl,
  SourceDisk,
  SourceMachine,
} from './ports.js';
export {
  machineEffects,
  machineProgress,
  migrationProgress,
  migrations,
  type MachineProgress,
  type MachineSelection,
  type MigrationProgress,
  type MigrationSelection,
  type StepRecord,
} from './progress.js';
export type { RecordedEffect } from './queries/effects.js';
export { QueueStoreError } from './redis-policy.js';
export { startMigration, type Principal, type StartOptions } from './start-migration.js';
export type { DiskProgress, StepProgress } from './step-progress.js';
export type { MomentReached, TurnObserver } from './turn-observer.js';
export { startWorker, type RunningWorker, type WorkerOptions } from './worker.js';
export { workOrderSchema, type Hook, type WorkOrder } from './work-order.js';
