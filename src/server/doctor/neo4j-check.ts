import { openGraph, type Graph } from '../../graph/index.js';
import { findingFrom, ok, problem, type DoctorCheck, type DoctorFinding } from './finding.js';
import { serverClock } from './server-clock.js';

const check = 'neo4j';
const patienceMs = 10_000;
/** Tokens and leases compare times of both machines. */
const largestClockDifferenceMs = 5_000;

async function clockFinding(graph: Graph): Promise<DoctorFinding> {
  const asked = Date.now();
  const [row] = await graph.read(serverClock, {});
  const answered = Date.now();
  const difference = (row?.now ?? 0) - (asked + answered) / 2;
  const what = `The clock of Neo4j differs by ${String(Math.round(difference))} ms`;
  if (Math.abs(difference) <= largestClockDifferenceMs) return ok('clock', what);
  return problem(
    'clock',
    'warning',
    what,
    'times in the graph come from both machines and would not fit together',
    'Let both machines take their time from the same NTP servers',
  );
}

export const neo4jCheck: DoctorCheck = {
  name: check,
  run: async ({ configuration }) => {
    const { neo4jUri, neo4jUser, neo4jPassword, neo4jDatabase } = configuration;
    if (neo4jUri === undefined) return [];
    let graph: Graph;
    try {
      graph = await openGraph({
        uri: neo4jUri,
        user: neo4jUser,
        password: neo4jPassword ?? '',
        database: neo4jDatabase,
        connectionTimeoutMs: patienceMs,
      });
    } catch (error) {
      return [findingFrom(check, error)];
    }
    try {
      return [
        ok(check, `Neo4j at ${neo4jUri} is supported and accepts the password`),
        await clockFinding(graph),
      ];
    } finally {
      await graph.close();
    }
  },
};
