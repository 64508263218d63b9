import { availableParallelism } from 'node:os';
import swc from 'unplugin-swc';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/real/longest-first.js';

/**
 * Files that run at once each have a database, a queue and a cluster of their own, which wait as
 * much as they compute: one more of them than there are cores keeps the cores busy. Servers that
 * were given are one of each, so files take turns on them.
 */
const { OPAL_TEST_NEO4J_URI, OPAL_TEST_REDIS_URL, OPAL_TEST_KUBECONFIG } = process.env;
const given = [OPAL_TEST_NEO4J_URI, OPAL_TEST_REDIS_URL, OPAL_TEST_KUBECONFIG];
const lanes = given.some((server) => server !== undefined)
  ? 1
  : Math.min(3, availableParallelism() + 1);

export default defineConfig({
  // type-graphql reads decorator metadata, which only swc writes.
  oxc: false,
  // The one build of graphql that Node gives to everybody; types of another are not recognized.
  resolve: { alias: [{ find: /^graphql$/u, replacement: 'graphql/index.js' }] },
  plugins: [
    swc.vite({
      module: { type: 'es6' },
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
    }),
  ],
  test: {
    include: ['test/**/*.test.ts'],
    // They need a cloud, which has a lane of its own.
    exclude: [
      ...configDefaults.exclude,
      ...(process.env.OPAL_OPENSTACK_LANE === undefined ? ['test/openstack/**'] : []),
    ],
    globalSetup: ['test/real/global-setup.ts'],
    maxWorkers: lanes,
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    // A database, a queue, a simulator and a cluster share the machine with the tests: what fails
    // once is tried once more, and the reporter says which tests needed it.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 360_000,
    teardownTimeout: 120_000,
  },
});
