import neo4j from 'neo4j-driver';

/**
 * A number as the database's integer, for parameters of compiled Cypher: a plain JavaScript number
 * is sent as a float, which no LIMIT accepts and which is stored as a float.
 *
 * @throws RangeError where the number has a fraction or is beyond 2^53 - 1.
 */
export function integerParameter(value: number): unknown {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return neo4j.int(value);
}
