import { afterAll, beforeAll } from 'vitest';
import { startTestApi, type TestApi } from './api.js';
import { openDemoGraph } from './demo-graph.js';

/** The API over the smallest demo estate, for all tests of a file; its graph is the one it asks. */
export const demoApi = (): { readonly api: TestApi } => {
  let started: TestApi | undefined;
  beforeAll(async () => {
    started = await startTestApi(await openDemoGraph());
  });
  afterAll(async () => {
    await started?.close();
    await started?.graph.close();
  });
  return {
    get api() {
      if (started === undefined) throw new Error('the API starts before the first test');
      return started;
    },
  };
};
