import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../embedded/cache-folder.js';
import { findJava } from '../embedded/java.js';
import { embeddedNeo4jVersion } from '../embedded/neo4j-distribution.js';
import { findingFrom, ok, problem, type DoctorCheck } from './finding.js';

const run = promisify(execFile);
const oldestNode = 24;

export const nodeCheck: DoctorCheck = {
  name: 'node',
  run: () => {
    const version = process.versions.node;
    const supported = Number(version.split('.')[0]) >= oldestNode;
    const what = `Node ${version}`;
    return Promise.resolve([
      supported
        ? ok('node', what)
        : problem(
            'node',
            'failed',
            what,
            `Node ${String(oldestNode)} or newer is needed`,
            'Start with "npm start" or bin/opal.js, which bring their own Node',
          ),
    ]);
  },
};

export const javaCheck: DoctorCheck = {
  name: 'java',
  run: async ({ configuration, environment }) => {
    if (configuration.neo4jUri !== undefined) return [];
    try {
      const java = await findJava(environment);
      return [ok('java', `Java ${String(java.release)} (${java.program})`)];
    } catch (error) {
      return [findingFrom('java', error)];
    }
  },
};

/** Maven is needed for downloads alone: with a filled cache its absence does not matter. */
export const mavenCheck: DoctorCheck = {
  name: 'maven',
  run: async ({ configuration, environment }) => {
    if (configuration.neo4jUri !== undefined && configuration.redisUrl !== undefined) return [];
    const jars = join(cacheFolder(environment), 'neo4j', embeddedNeo4jVersion);
    try {
      const { stdout } = await run('mvn', ['-v', '-B']);
      const version = /Apache Maven ([\d.]+)/u.exec(stdout)?.[1] ?? 'of an unknown version';
      return [ok('maven', `Maven ${version}`)];
    } catch {
      if (existsSync(jars)) return [ok('maven', 'not needed, everything is downloaded')];
      return [
        problem(
          'maven',
          'failed',
          'Maven does not start',
          'it downloads Neo4j and Redis at the first start',
          'Install it with "sudo apt-get install maven" or "brew install maven", or set NEO4J_URI and REDIS_URL',
        ),
      ];
    }
  },
};

/** The product itself never needs Go; what is tried and tested without a vCenter does. */
export const goCheck: DoctorCheck = {
  name: 'go',
  run: async () => {
    const use = 'only for "npm run lab" and "npm test"';
    try {
      const { stdout } = await run('go', ['version']);
      const version = /go version go(\S+)/u.exec(stdout)?.[1] ?? 'of an unknown version';
      return [ok('go', `Go ${version}, ${use}`)];
    } catch {
      return [ok('go', `not there; it is needed ${use}`)];
    }
  },
};
