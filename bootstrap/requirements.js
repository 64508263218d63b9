import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const oldestNode = 20;
const oldestJava = 17;

function outputOf(program, args) {
  try {
    // java writes its version to standard error.
    const result = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', program, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return result;
  } catch {
    return undefined;
  }
}

function javaRelease(environment) {
  const home = environment.JAVA_HOME;
  const programs = home ? [join(home, 'bin', 'java'), 'java'] : ['java'];
  for (const program of programs) {
    const match = /version "(?:1\.)?(\d+)/.exec(outputOf(program, ['-version']) ?? '');
    if (match) return Number(match[1]);
  }
  return undefined;
}

function isCached(service, environment) {
  const cache = environment.XDG_CACHE_HOME || join(homedir(), '.cache');
  return existsSync(join(cache, 'opal', service));
}

function needsMaven(environment) {
  const neo4j = !environment.NEO4J_URI && !isCached('neo4j', environment);
  const redis =
    !environment.REDIS_URL &&
    !isCached('redis', environment) &&
    outputOf('redis-server', ['--version']) === undefined;
  return neo4j || redis;
}

/** The complaint about an old Node, or undefined. The rest of the bootstrap may not even load there. */
export function nodeComplaint(version = process.versions.node) {
  if (Number(version.split('.')[0]) >= oldestNode) return undefined;
  return `Node ${oldestNode} or newer is needed, this is Node ${version}. Install it with "sudo apt-get install nodejs" (Debian 13, Ubuntu 25.04 or newer), "brew install node", or from https://nodejs.org.`;
}

/** What is missing on this machine to run the embedded services, one sentence each with the way out. */
export function missingPrograms(environment = process.env) {
  const complaints = [];
  if (!environment.NEO4J_URI) {
    const release = javaRelease(environment);
    if (release === undefined || release < oldestJava) {
      const found = release === undefined ? 'none was found' : `this is Java ${release}`;
      complaints.push(
        `Java ${oldestJava} or newer is needed for the embedded Neo4j, ${found}. Install it with "sudo apt-get install openjdk-17-jre-headless" or "brew install openjdk@21", or set NEO4J_URI to a Neo4j that runs elsewhere.`,
      );
    }
  }
  if (needsMaven(environment) && outputOf('mvn', ['-v']) === undefined) {
    complaints.push(
      'Maven is needed once to download Neo4j and Redis, and there is no mvn on the PATH. Install it with "sudo apt-get install maven" or "brew install maven", or set NEO4J_URI and REDIS_URL to servers that run elsewhere.',
    );
  }
  return complaints;
}
