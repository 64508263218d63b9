import { describe, expect, it } from 'vitest';
import {
  ConfigurationError,
  loadConfiguration,
  renderConfigurationPage,
  renderHelp,
  type ConfigurationProblem,
} from '../../../src/server/configuration/index.js';
import { options } from '../../../src/server/configuration/options.js';

function problemsOf(
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): readonly ConfigurationProblem[] {
  try {
    loadConfiguration({ environment, arguments: flags });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('has a working default for every option', () => {
    const configuration = loadConfiguration({ environment: {}, folder: '/srv/opal' });
    expect(configuration).toMatchObject({
      dataDir: '/srv/opal/.opal',
      host: '127.0.0.1',
      port: 4400,
      demo: 'auto',
      neo4jUri: undefined,
      queryTimeoutMs: 60_000,
      maxBodyBytes: 1_048_576,
      insecureBind: false,
    });
    expect(Object.keys(configuration).sort()).toEqual(Object.keys(options).sort());
  });

  it('takes a flag before the variable of the same option', () => {
    const configuration = loadConfiguration({
      environment: { OPAL_PORT: '1', OPAL_QUERY_TIMEOUT: '2m' },
      arguments: ['--port', '0', '--max-body=2MiB'],
    });
    expect(configuration).toMatchObject({
      port: 0,
      queryTimeoutMs: 120_000,
      maxBodyBytes: 2_097_152,
    });
  });

  it('counts an empty variable as not set', () => {
    expect(loadConfiguration({ environment: { NEO4J_URI: '', OPAL_PORT: ' ' } })).toMatchObject({
      neo4jUri: undefined,
      port: 4400,
    });
  });

  it('refuses an unknown variable with the name that was probably meant', () => {
    expect(problemsOf({ OPAL_PROT: '80', OPAL_TEST_NEO4J_URI: 'x', HOME: '/' })).toEqual([
      { name: 'OPAL_PROT', why: 'is not an option', remedy: 'did you mean OPAL_PORT?' },
    ]);
  });

  it('refuses an unknown flag, a stray argument and a flag without a value', () => {
    const flags = ['--prot', '80', 'now', '--log-level'];
    expect(problemsOf({}, flags).map(({ name }) => name)).toEqual([
      '--prot',
      '80',
      'now',
      '--log-level',
    ]);
  });

  it('refuses a secret on the command line without repeating it', () => {
    const problems = problemsOf({}, ['--neo4j-password', 'hunter2']);
    expect(problems[0]).toMatchObject({ name: '--neo4j-password' });
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each([
    ['OPAL_PORT', '65536'],
    ['OPAL_PORT', '-1'],
    ['OPAL_PORT', '80a'],
    ['OPAL_PORT', '1e3'],
    ['OPAL_MAX_BODY', '2MB'],
    ['OPAL_MAX_BODY', '1023GiB'],
    ['OPAL_QUERY_TIMEOUT', '60'],
    ['OPAL_QUERY_TIMEOUT', '0s'],
    ['OPAL_LOG_LEVEL', 'verbose'],
    ['OPAL_DEMO', '199'],
    ['OPAL_DEMO', 'on'],
    ['OPAL_INSECURE_BIND', 'yes'],
    ['NEO4J_URI', 'http://localhost:7474'],
    ['NEO4J_URI', 'localhost:7687'],
    ['REDIS_URL', 'redis'],
    ['OPAL_NEO4J_HEAP', '1 GB'],
  ])('refuses %s=%s by the name of the variable, not by its value', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems.map((problem) => problem.name)).toContain(name);
    expect(problems.find((problem) => problem.name === name)?.remedy).toMatch(/^give /u);
  });

  it('names all problems at once', () => {
    const problems = problemsOf({ OPAL_PORT: 'x', OPAL_DEMO: 'x', OPAL_FOO_BAR_BAZ: 'x' });
    expect(problems.map(({ name }) => name).sort()).toEqual([
      'OPAL_DEMO',
      'OPAL_FOO_BAR_BAZ',
      'OPAL_PORT',
    ]);
  });

  it('refuses to listen beyond the loopback address without TLS', () => {
    const open = { OPAL_HOST: '0.0.0.0' };
    const certificate = { OPAL_TLS_CERT_FILE: 'server.crt', OPAL_TLS_KEY_FILE: 'server.key' };
    expect(problemsOf(open)[0]?.name).toBe('OPAL_HOST');
    expect(problemsOf({ ...open, OPAL_INSECURE_BIND: 'true' })).toEqual([]);
    expect(problemsOf({ ...open, ...certificate })).toEqual([]);
    expect(problemsOf({ OPAL_HOST: '127.example.com' })[0]?.name).toBe('OPAL_HOST');
    expect(problemsOf({ OPAL_HOST: '127.0.0.2' })).toEqual([]);
    expect(problemsOf({ OPAL_TLS_KEY_FILE: 'server.key' })[0]?.name).toBe('OPAL_TLS_CERT_FILE');
  });

  it('asks for the password of a Neo4j of the user', () => {
    expect(problemsOf({ NEO4J_URI: 'bolt://db:7687' })[0]?.name).toBe('NEO4J_PASSWORD');
  });
});

describe('the description of the options', () => {
  it('stands in docs/configuration.md as the table says', async () => {
    await expect(renderConfigurationPage()).toMatchFileSnapshot('../../../docs/configuration.md');
  });

  it('names every option in the help, with a flag for all but the secrets', () => {
    const help = renderHelp();
    for (const option of Object.values(options)) expect(help).toContain(option.environment);
    expect(help).toContain('--neo4j-uri <value>');
    expect(help).not.toContain('--neo4j-password');
  });
});
