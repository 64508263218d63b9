import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

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
    globalSetup: ['test/real/global-setup.ts'],
    // One database serves all files, so they take turns.
    fileParallelism: false,
    pool: 'forks',
    // A database, a queue, a simulator and a cluster share the machine with the tests: what fails
    // once is tried once more, and the reporter says which tests needed it.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 360_000,
    teardownTimeout: 120_000,
  },
});
