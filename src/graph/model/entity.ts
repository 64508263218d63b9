import { flag, integer, moment, text } from './property.js';

/**
 * What every inventory node carries beside its kind's own properties, under the label Entity.
 * A removed node loses its kind's label, keeps Entity and gains Tombstone: a query over a kind
 * therefore never has to remember to leave the removed ones out.
 */
export const entityProperties = {
  id: text('`<source>/<kind>/<externalId>`; unique over all sources.'),
  source: text('Id of the source it came from.', { indexed: true }),
  kind: text('Its kind, kept on a tombstone too.'),
  externalId: text('Id in the source, for instance a managed object reference.'),
  name: text('Display name in the source. Not unique.', { indexed: true, fullText: true }),
  firstSeen: moment('When it was first loaded.'),
  lastSeen: moment('When it was last written; an unchanged object is not written again.'),
  addedIn: integer('Number of the sync that first saw it.'),
  changedIn: integer('Number of the sync that last changed it.'),
  syncedIn: integer('Number of the last complete sync that saw it, kept on a tombstone.'),
  removedIn: integer('Number of the sync that found it gone. Only on a tombstone.'),
  hash: text('Hash of its record; equal hash, no write. Absent while a relationship is missing.'),
  owner: text('Id of the entity it is a part of: it is removed with it.'),
  stale: flag('True where its source could not be read for longer than it promises.'),
} as const;

/** Id of an inventory node. External ids may hold slashes; the source id may not. */
export const entityId = (source: string, kind: string, externalId: string): string =>
  `${source}/${kind}/${externalId}`;
