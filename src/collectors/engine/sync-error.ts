import { OpalError } from '../../errors/opal-error.js';

/** A sync that could not be started or had to end. */
export class SyncError extends OpalError {}

export const sourceBusy = (source: string): SyncError =>
  new SyncError({
    code: 'sync.busy',
    what: 'The source is being read already',
    subject: source,
    why: 'another sync of it runs, or one that died keeps its turn for two more minutes at most',
    remedy: 'Wait for the other sync, or try again in two minutes',
    retryable: true,
  });

export const sourceNotRegistered = (source: string): SyncError =>
  new SyncError({
    code: 'sync.source.unknown',
    what: 'The source cannot be read',
    subject: source,
    why: 'it is not registered, or it is being removed',
    remedy: 'List the sources, or add it',
    retryable: false,
  });

export const leaseLost = (source: string): SyncError =>
  new SyncError({
    code: 'sync.lease.lost',
    what: 'The sync lost its turn',
    subject: source,
    why: 'it made no progress for so long that another process took over, or the source was removed',
    remedy: 'Nothing was removed from the graph; collect again if no other sync runs',
    retryable: true,
  });

export const endlessPages = (source: string): SyncError =>
  new SyncError({
    code: 'sync.cursor.stuck',
    what: 'The collector gives pages without end',
    subject: source,
    why: 'several pages in a row had no objects and did not end the read',
    remedy: 'This is a defect of the collector; report it with this message',
    retryable: false,
  });
