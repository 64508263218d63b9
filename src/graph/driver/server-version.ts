import { GraphVersionError } from '../query/graph-error.js';

/** 5.26 is the long-term release; after it versions are calendar years. */
const oldest = { major: 5, minor: 26 };

/**
 * @param agent what the server calls itself, for instance `Neo4j/5.26.30` or `Neo4j/2026.09.0`.
 * @throws GraphVersionError where it is older than 5.26.
 */
export function checkServerVersion(agent: string | undefined, uri: string): void {
  const match = /^Neo4j\/(\d+)\.(\d+)/u.exec(agent ?? '');
  const major = Number(match?.[1] ?? 0);
  const minor = Number(match?.[2] ?? 0);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  throw new GraphVersionError({
    code: 'graph.version.unsupported',
    what: 'The Neo4j server is not supported',
    subject: uri,
    why: `it calls itself ${agent ?? 'nothing'}, and 5.26 or a calendar version (2025.01 and later) is needed`,
    remedy: 'Upgrade the server, or leave NEO4J_URI out to use the embedded one',
    retryable: false,
  });
}
