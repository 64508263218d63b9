import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createRvtoolsCollector } from '../../../src/collectors/rvtools/index.js';
import { workbookParts } from '../../../src/reports/rvtools/workbook-parts.js';
import { emptyUpload, workbookUpload, zipUpload, type Upload } from './export-files.js';
import { readOnce } from './read-export.js';
import { smallExport } from './small-export.js';

const sheet = (rows: string, before = ''): string =>
  `<?xml version="1.0"?>${before}<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const titles = `<row>${cell('VM')}${cell('VM ID')}</row>`;

/** A workbook whose only sheet is the given XML. */
const workbookOf = (vInfo: string, more: Readonly<Record<string, string>> = {}): Promise<Upload> =>
  zipUpload({
    ...Object.fromEntries(workbookParts(['vInfo'])),
    'xl/worksheets/sheet1.xml': vInfo,
    ...more,
  });

const withTexts = (texts: string, rows: string): Promise<Upload> =>
  workbookOf(sheet(rows), {
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
  });

const cut = async (upload: Upload): Promise<Upload> => {
  await writeFile(upload.path, 'PK\u0003\u0004 and then the line broke');
  return upload;
};

const reading = async (upload: Upload): Promise<unknown> => readOnce(upload);

describe('a malformed workbook is refused with the reason', () => {
  it.each([
    ['that is cut off', async () => cut(await emptyUpload()), 'it is no ZIP file'],
    [
      'without a sheet of machines',
      () => workbookUpload({ vHost: smallExport.vHost }),
      'no sheet vInfo',
    ],
    ['with XML that does not end', () => workbookOf('<worksheet><sheetData><row>'), 'unclosed tag'],
    ['with XML that is none', () => workbookOf('\u0000\u0001 no XML'), 'sheet vInfo'],
    [
      'with cells that name texts it lacks',
      () => withTexts('<si><t>VM</t></si>', '<row><c t="s"><v>7</v></c></row>'),
      'it has no text 7',
    ],
    [
      'whose table of contents is missing',
      () => zipUpload({ '[Content_Types].xml': '<Types/>' }),
      '_rels/.rels is missing',
    ],
  ])('%s', async (_what, upload, why) => {
    await expect(reading(await upload())).rejects.toThrow(why);
  });

  it('is named by what it is called where it came from, before anything is saved', async () => {
    const upload = await cut(await emptyUpload());
    const collector = createRvtoolsCollector({ uploads: upload.folder });
    const configuration = { upload: upload.upload, fileName: 'prod.xlsx' };
    const { ok, findings } = await collector.verify(configuration, new AbortController().signal);
    await upload.remove();
    expect(ok).toBe(false);
    expect(findings.map(({ severity }) => severity)).toEqual(['blocker']);
    expect(findings[0]?.what).toContain('it is no ZIP file');
  });
});

describe('XML that is made to harm is refused', () => {
  it('with entities', async () => {
    const types = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
    await expect(
      reading(await workbookOf(sheet(`<row>${cell('&b;')}</row>`, types))),
    ).rejects.toThrow('document type');
  });

  it('with tags in tags without end', async () => {
    await expect(reading(await workbookOf('<a>'.repeat(10_000)))).rejects.toThrow('nested');
  });

  it('and so is a path in place of the name of an upload', () => {
    const { configuration } = createRvtoolsCollector({ uploads: '/nowhere' });
    expect(configuration.safeParse({ upload: '../../etc/passwd' }).success).toBe(false);
  });
});

/** The largest memory of a process that does nothing but read the file, in MiB, and what it said. */
const readInChild = (upload: Upload): { readonly said: string; readonly peakMiB: number } => {
  const program = new URL('read-in-child.ts', import.meta.url).pathname;
  const loader = new URL('../../../bootstrap/run-typescript.js', import.meta.url).pathname;
  const child = spawnSync(
    process.execPath,
    ['--import', loader, program, upload.folder, upload.upload],
    {
      encoding: 'utf8',
    },
  );
  const line = child.stdout.trim().split('\n').at(-1) ?? '';
  expect(child.stderr).toBe('');
  return JSON.parse(line) as { said: string; peakMiB: number };
};

const mostMiB = 256;

describe('a bomb is refused with the reason, in less than 256 MiB', () => {
  const bombs: readonly (readonly [string, () => Promise<Upload>, string])[] = [
    [
      'of zeros that inflate a thousandfold',
      () => workbookOf(sheet(titles) + '\n'.repeat(32 * 1024 * 1024)),
      'inflates to more than 150 times',
    ],
    [
      'of one long text that many cells name',
      () =>
        withTexts(
          `<si><t>VM</t></si><si><t>${'x'.repeat(120_000)}</t></si>`,
          `<row><c t="s"><v>0</v></c></row>${'<row><c t="s"><v>1</v></c></row>'.repeat(20_000)}`,
        ),
      'repeat long texts without end',
    ],
    [
      'of one cell without an end',
      () => workbookOf(sheet(`${titles}<row>${cell(noise(40 * 1024 * 1024))}</row>`)),
      'characters',
    ],
  ];

  it.each(bombs)('%s', async (_what, make, why) => {
    const upload = await make();
    const { said, peakMiB } = readInChild(upload);
    await upload.remove();
    expect(said).toContain(why);
    expect(peakMiB).toBeLessThan(mostMiB);
  });
});

/** Letters that do not pack well, so that nothing but their number is wrong with them. */
function noise(length: number): string {
  let state = 1;
  const piece = Array.from({ length: 65_536 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(97 + (state % 26));
  }).join('');
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

describe('a file that lies about its size', () => {
  it('is held to what it declares', async () => {
    const upload = await workbookOf(sheet(titles));
    const bytes = await readFile(upload.path);
    // The directory says that the last file, the sheet, is one byte long.
    const entry = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(1, entry + 24);
    await writeFile(upload.path, bytes);
    await expect(reading(upload)).rejects.toThrow('RVTools export');
  });
});
