import { posix } from 'node:path';
import type { Archive } from '../archive/open-archive.js';
import { brokenExport } from '../errors.js';
import { readXml, type XmlListener } from './xml-events.js';

/** Where the parts of a workbook lie in its archive. */
export interface WorkbookParts {
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly sharedTexts: string | undefined;
  readonly from1904: boolean;
}

interface Relationship {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

/** More sheets than this no workbook has; the rest is not looked at. */
const mostSheets = 500;

async function read(
  archive: Archive,
  path: string,
  subject: string,
  open: XmlListener['open'],
): Promise<void> {
  const ignore = (): void => undefined;
  const listener = { open, text: ignore, close: ignore };
  await readXml(await archive.open(path), listener, `${subject}, ${path}`);
}

/** Relationships of a part; their targets are relative to its folder, or begin at the root. */
async function relationshipsOf(
  archive: Archive,
  part: string,
  subject: string,
): Promise<readonly Relationship[]> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found: Relationship[] = [];
  await read(archive, path, subject, (name, { Id, Type, Target, TargetMode }) => {
    if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
    if (TargetMode === 'External' || found.length >= mostSheets) return;
    const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
    found.push({ id: Id, type: Type?.split('/').at(-1) ?? '', path: target });
  });
  return found;
}

/** The prefix of the attribute is what the writer chose. */
const relationshipId = (attributes: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];

/**
 * Reads the table of contents of a workbook.
 *
 * @throws RvtoolsError where it is none.
 */
export async function readWorkbook(archive: Archive, subject: string): Promise<WorkbookParts> {
  const root = await relationshipsOf(archive, '', subject);
  const workbook = root.find(({ type }) => type === 'officeDocument')?.path;
  if (workbook === undefined) throw brokenExport(subject, 'it names no workbook');
  const parts = await relationshipsOf(archive, workbook, subject);
  const paths = new Map(parts.map(({ id, path }) => [id, path]));
  const sheets: { name: string; path: string }[] = [];
  let from1904 = false;
  await read(archive, workbook, subject, (element, attributes) => {
    if (element === 'workbookPr') from1904 = /^(?:1|true)$/u.test(attributes.date1904 ?? '');
    if (element !== 'sheet' || sheets.length >= mostSheets) return;
    const { name } = attributes;
    const path = paths.get(relationshipId(attributes) ?? '');
    if (name !== undefined && path !== undefined) sheets.push({ name, path });
  });
  const texts = parts.find(({ type }) => type === 'sharedStrings')?.path;
  return { sheets, sharedTexts: texts, from1904 };
}
