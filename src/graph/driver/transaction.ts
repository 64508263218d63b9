import type { Session, Transaction } from 'neo4j-driver';
import type { GraphTransaction } from '../query/graph.js';
import { GraphError, GraphUnreachableError } from '../query/graph-error.js';
import { graphFailure } from './failure.js';
import { compiledStatement, fixedStatement, rowReader, type Statement } from './statement.js';
import { plainRow } from './values.js';

async function send(
  tx: Transaction,
  { name, text, parameters }: Statement,
): Promise<Record<string, unknown>[]> {
  try {
    const { records } = await tx.run(text, parameters);
    return records.map(plainRow);
  } catch (error) {
    throw graphFailure(error, name);
  }
}

function queries(tx: Transaction, count: () => void): GraphTransaction {
  return {
    run: async (query, params) => {
      count();
      return (await send(tx, fixedStatement(query, params))).map(rowReader(query));
    },
    runCompiled: (cypher) => {
      count();
      return send(tx, compiledStatement(cypher));
    },
  };
}

/** A connection that goes while the commit is on its way leaves open whether it took effect. */
function uncertainCommit(error: unknown): Error {
  const failure = graphFailure(error, 'commit');
  if (!(failure instanceof GraphUnreachableError)) return failure;
  return new GraphError(
    {
      code: 'graph.commit.uncertain',
      what: 'The connection was lost during a commit',
      subject: 'the graph',
      why: `${failure.why}; the change may or may not have been stored`,
      remedy: 'Look whether it was, then try again',
      retryable: false,
    },
    { cause: error },
  );
}

/** One attempt: begins, works, commits; rolls back when `work` fails. */
export async function runTransaction<T>(
  session: Session,
  work: (tx: GraphTransaction) => Promise<T>,
  settings: { readonly timeout: number },
  count: () => void,
): Promise<T> {
  const tx = session.beginTransaction(settings);
  let result: T;
  try {
    result = await work(queries(tx, count));
  } catch (error) {
    await tx.rollback().catch(() => undefined);
    throw graphFailure(error, 'transaction');
  }
  try {
    await tx.commit();
  } catch (error) {
    throw uncertainCommit(error);
  }
  return result;
}
