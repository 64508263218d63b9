import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRvtoolsCollector } from '../../../src/collectors/rvtools/index.js';
import { OpalError } from '../../../src/errors/opal-error.js';
import { csvOf, workbookUpload, zipUpload, type Upload } from './export-files.js';
import { readExport } from './read-export.js';
import { smallExport } from './small-export.js';

/** `npm run test:fuzz` asks for 10,000. */
const asked = process.env.OPAL_TEST_FUZZ_RUNS;
const isLane = asked !== undefined;
const runs = Number(asked ?? '60');
const longestMs = 2_000;
const timeoutMs = 60_000 + runs * 200;

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  byte: fc.integer({ min: 0, max: 255 }),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const changed = (bytes: Buffer, changes: readonly Change[]): Buffer => {
  const copy = Buffer.from(bytes);
  for (const { at, byte } of changes) copy[Math.floor(at * copy.length)] = byte;
  return copy;
};

/** Reads to the end or to a refusal that says why; anything else is a defect. */
const readOrRefused = async (upload: Upload): Promise<void> => {
  const begin = performance.now();
  try {
    await readExport(upload);
  } catch (error) {
    expect(error).toBeInstanceOf(OpalError);
  }
  // Only in its own lane, which nothing else runs beside: what is looked for is a hang.
  if (isLane) expect(performance.now() - begin).toBeLessThan(longestMs);
};

describe('whatever is handed in as an export is read or refused', () => {
  let upload: Upload;
  let whole: Buffer;

  beforeAll(async () => {
    upload = await workbookUpload(smallExport);
    whole = await readFile(upload.path);
  });

  afterAll(() => upload.remove());

  it(
    'as a workbook with bytes changed',
    async () => {
      const changes = fc.array(change, { minLength: 1, maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(changes, async (list) => {
          await writeFile(upload.path, changed(whole, list));
          await readOrRefused(upload);
        }),
        { numRuns: runs },
      );
    },
    timeoutMs,
  );

  it(
    'as a sheet of any XML',
    async () => {
      const part = fc.oneof(
        fc.constantFrom('<row>', '</row>', '<c t="s">', '<c t="b">', '</c>', '<v>', '</v>', '<is>', '&amp;', '&x;', '<!--', '-->', '<![CDATA[', ']]>', '<?x', '<worksheet>', '</worksheet>', '<sheetData/>'), // prettier-ignore
        fc.string({ unit: 'binary', maxLength: 20 }),
      );
      const { workbookParts } = await import('../../../src/reports/rvtools/workbook-parts.js');
      const parts = Object.fromEntries(workbookParts(['vInfo']));
      await fc.assert(
        fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (pieces) => {
          const made = await zipUpload({ ...parts, 'xl/worksheets/sheet1.xml': pieces.join('') });
          try {
            await readOrRefused(made);
          } finally {
            await made.remove();
          }
        }),
        { numRuns: runs },
      );
    },
    timeoutMs,
  );

  it(
    'as CSV with any cells under any titles',
    async () => {
      const title = fc.constantFrom('VM', 'VM ID', 'Template', 'Memory', 'PowerOn', 'Folder', 'Datacenter', 'Host', 'Path', 'Annotation', 'odd', 'Disk Key', 'Disk Path', 'Capacity MiB', 'VI SDK UUID'); // prettier-ignore
      const cell = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom(
          '1.234,5',
          '-1',
          '31.02.2026',
          '[ds] a/b',
          '/a/b//c',
          '9'.repeat(40),
          'NaN',
        ),
      );
      const rows = fc.array(fc.dictionary(title, cell), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(rows, rows, async (vInfo, vDisk) => {
          const made = await zipUpload({
            'RVTools_tabvInfo.csv': csvOf(vInfo),
            'RVTools_tabvDisk.csv': csvOf(vDisk),
          });
          try {
            await readOrRefused(made);
          } finally {
            await made.remove();
          }
        }),
        { numRuns: runs },
      );
    },
    timeoutMs,
  );

  it('and never outside of the folder of uploads', () => {
    const { configuration } = createRvtoolsCollector({ uploads: upload.folder });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const { success } = configuration.safeParse({ upload: name });
        expect(success && /[^0-9a-f]/u.test(name)).toBe(false);
      }),
      { numRuns: runs },
    );
  });
});
