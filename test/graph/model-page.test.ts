import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { modelPage } from '../../src/graph/docs/model-page.js';

const path = fileURLToPath(new URL('../../docs/model.md', import.meta.url));

it('docs/model.md says what the model says (OPAL_WRITE_DOCS=1 writes it anew)', async () => {
  if (process.env.OPAL_WRITE_DOCS === '1') await writeFile(path, modelPage());
  expect(await readFile(path, 'utf8')).toBe(modelPage());
});
