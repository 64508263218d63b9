export { prepareRecord, type PreparedRecord, type OwnedParts } from './prepared-record.js';
export type { LoadStamp } from './load-stamp.js';
export { writeCreated, type CreatedRecord } from './write-created.js';
export {
  writeChanged,
  type ChangedBatch,
  type ChangedRecord,
  type ChangeOutcome,
} from './write-changed.js';
export { writeRemoved, type BuriedEntity } from './write-removed.js';
