import {
  entityKinds,
  kindDefinition,
  kinds,
  type EdgeDefinition,
  type EntityKind,
  type Keeper,
} from '../model/index.js';

/*
 * Texts of all load queries, made from the declared model alone. Values are parameters.
 */

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function perKind<T>(build: (kind: EntityKind) => T): (kind: EntityKind) => T {
  const built = new Map(entityKinds.map((kind) => [kind, build(kind)] as const));
  return (kind) => built.get(kind) ?? build(kind);
}

const isLoaded = (keeper: Keeper | undefined): boolean =>
  keeper === undefined || keeper === 'collector';

/** Relationships that collectors write for a kind, by field name. */
export const loadedEdges = perKind((kind): readonly [string, EdgeDefinition][] =>
  Object.entries(kindDefinition(kind).edges).filter(([, { keeper }]) => isLoaded(keeper)),
);

export function loadedEdge(kind: EntityKind, name: string): EdgeDefinition {
  const edge = kindDefinition(kind).edges[name];
  if (edge === undefined) throw new RangeError(`${kind} has no relationship ${name}`);
  return edge;
}

function pattern({ type, direction }: EdgeDefinition, relationship: string): string {
  const middle = `-[${relationship}:${quote(type)}]-`;
  return direction === 'out' ? `(a)${middle}>(b)` : `(a)<${middle}(b)`;
}

const bothEnds = 'MATCH (a:Entity {id: row[0]}) MATCH (b:Entity {id: row[1]})';

/** Rows are maps of properties; what all rows have in common is sent once. */
export const createEntities = perKind(
  (kind) =>
    `UNWIND $rows AS row CREATE (n:Entity:${quote(kind)}) SET n = row, n += $common RETURN count(*) AS written`,
);

/** Also takes back a tombstone. Safe to repeat, and makes the node where it is missing. */
export const mergeEntities = perKind(
  (kind) =>
    `UNWIND $rows AS row MERGE (n:Entity {id: row.id}) ON CREATE SET n += $first ` +
    `SET n += row, n += $common, n:${quote(kind)} REMOVE n:Tombstone, n.removedIn RETURN count(*) AS written`,
);

/** What the database holds of entities that may have changed, with the relationships they own. */
export const readEntities = perKind((kind) => {
  const owned = loadedEdges(kind).map(([name, edge]) => {
    const ends = edge.to.map((end) => `'${end}'`).join(', ');
    return (
      `COLLECT { WITH n AS a MATCH ${pattern(edge, 'r')} WHERE b.kind IN [${ends}] ` +
      `RETURN ['${name}', b.id, properties(r)] }`
    );
  });
  return (
    `UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN id, properties(n) AS properties, ` +
    `n:Tombstone AS removed, ${owned.length === 0 ? '[]' : owned.join(' + ')} AS edges`
  );
});

/** Rows are `[owner, target, properties]`. */
export const createEdges = (edge: EdgeDefinition): string =>
  `UNWIND $rows AS row ${bothEnds} CREATE ${pattern(edge, 'r')}` +
  `${edge.properties === undefined ? '' : ' SET r = row[2]'} RETURN count(*) AS written`;

export const mergeEdges = (edge: EdgeDefinition): string =>
  `UNWIND $rows AS row ${bothEnds} MERGE ${pattern(edge, 'r')} SET r = row[2] RETURN count(*) AS written`;

export const deleteEdges = (edge: EdgeDefinition): string =>
  `UNWIND $rows AS row ${bothEnds} MATCH ${pattern(edge, 'r')} DELETE r`;

/** Relationships that only make sense while both ends are live: those that collectors do not write. */
const livingTypes = [
  ...new Set(
    kinds.flatMap((kind) =>
      Object.values(kindDefinition(kind).edges)
        .filter(({ keeper }) => !isLoaded(keeper))
        .map(({ type }) => quote(type)),
    ),
  ),
].join('|');

/** Takes the kind's label from nodes and keeps the rest as history. */
export const buryEntities = perKind(
  (kind) =>
    `UNWIND $ids AS id MATCH (n:Entity {id: id}) SET n:Tombstone, n += $common REMOVE n:${quote(kind)} ` +
    `WITH n OPTIONAL MATCH (n)-[r:${livingTypes}]-() DELETE r`,
);

/** Live parts of the given owners, all of them or those of some kinds that are not named. */
export const readParts =
  'UNWIND $owners AS owner MATCH (n:Entity {id: owner.id})--(part:Entity) ' +
  'WHERE part.owner = owner.id AND NOT part:Tombstone ' +
  'AND (owner.kinds IS NULL OR (part.kind IN owner.kinds AND NOT part.id IN owner.ids)) ' +
  'RETURN DISTINCT part.id AS id, part.kind AS kind, part.name AS name';

export const completeHashes =
  'UNWIND $rows AS row MATCH (n:Entity {id: row[0]}) SET n.hash = row[1]';

export const recordChanges =
  'UNWIND $rows AS row MERGE (c:Change {id: row.id}) ON CREATE SET c += row';
