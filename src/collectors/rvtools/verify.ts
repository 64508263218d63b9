import { join } from 'node:path';
import type { Finding, Verification } from '../contract.js';
import type { RvtoolsConfiguration } from './configuration.js';
import { RvtoolsError } from './errors.js';
import { missingSheets } from './estate/read-estate.js';
import { textOf } from './estate/row-text.js';
import { readMoment } from './map/moments.js';
import { saysYes } from './said-yes.js';
import { subjectOf } from './session.js';
import type { Row } from './workbook/cell.js';
import { openExport, type OpenExport } from './workbook/open-export.js';
import { sheetRows } from './workbook/sheet-rows.js';

const mostVCentersNamed = 20;

interface Summary {
  readonly machines: number;
  readonly templates: number;
  readonly withoutId: number;
  readonly vCenters: ReadonlyMap<string, string>;
}

/** What vInfo says of the whole export. */
async function summaryOf(source: OpenExport): Promise<Summary> {
  const vCenters = new Map<string, string>();
  let machines = 0;
  let templates = 0;
  let withoutId = 0;
  for await (const { row } of sheetRows(source, 'vInfo')) {
    if (saysYes(row.template) === true) templates += 1;
    else machines += 1;
    if (row.vmid === undefined) withoutId += 1;
    const server = textOf(row, 'visdkserver');
    const key = textOf(row, 'visdkuuid')?.toLowerCase() ?? server?.toLowerCase();
    if (key !== undefined && vCenters.size <= mostVCentersNamed && !vCenters.has(key)) {
      vCenters.set(key, server ?? key);
    }
  }
  return { machines, templates, withoutId, vCenters };
}

async function firstRow(source: OpenExport, sheet: 'vMetaData' | 'vSource'): Promise<Row> {
  for await (const { row } of sheetRows(source, sheet)) return row;
  return {};
}

const information = (what: string, effect: string, remedy: string): Finding => ({
  severity: 'information',
  what,
  effect,
  remedy,
});

function findingsOf(source: OpenExport, summary: Summary, made: string | undefined): Finding[] {
  const { machines, templates, withoutId, vCenters } = summary;
  const names = [...vCenters.values()].slice(0, mostVCentersNamed);
  const missing = missingSheets(source.sheets);
  const findings = [
    information(
      `${machines} machines and ${templates} templates of ${names.length === 0 ? 'a vCenter without a name' : names.join(', ')}, exported ${made ?? 'at a time that it does not tell'}`,
      `the sheets ${[...source.sheets].join(', ')} are read`,
      'Upload a newer export when the estate has changed',
    ),
  ];
  if (missing.length > 0) {
    findings.push({
      severity: 'warning',
      what: `it lacks ${missing.join(', ')}`,
      effect: 'what stands there stays unknown, and so do concerns that need it',
      remedy: 'Export all sheets, with an account that may see all',
    });
  }
  if (withoutId > 0) {
    findings.push({
      severity: 'warning',
      what: `${withoutId} machines have no VM ID`,
      effect:
        'rows of other sheets are joined by name, UUID and host; those that fit two are left out',
      remedy: 'Export with a version of RVTools that writes VM ID',
    });
  }
  return findings;
}

async function look(source: OpenExport): Promise<Verification> {
  const summary = await summaryOf(source);
  const metaData = await firstRow(source, 'vMetaData');
  const form = { order: undefined, from1904: source.from1904 };
  const cell = metaData.xlsxcreationdatetime;
  const made = cell === undefined || typeof cell === 'boolean' ? undefined : readMoment(cell, form);
  const version = textOf(metaData, 'rvtoolsversion');
  const none = summary.machines + summary.templates === 0;
  const blocker: Finding = {
    severity: 'blocker',
    what: 'its sheet vInfo has no machine',
    effect: 'there is nothing to collect',
    remedy: 'Export again with an account that may see the machines',
  };
  const ids = [...summary.vCenters.keys()].sort();
  return {
    ok: !none,
    product: source.form === 'workbook' ? 'RVTools workbook' : 'RVTools CSV files',
    ...(version === undefined ? {} : { version }),
    ...(ids.length === 0 ? {} : { instanceId: ids.join(',') }),
    findings: [...(none ? [blocker] : []), ...findingsOf(source, summary, made)],
  };
}

/** Looks at an upload: its form, version, date, vCenters, and the sheets it has and lacks. */
export async function verifyExport(
  uploads: string,
  configuration: RvtoolsConfiguration,
  signal: AbortSignal,
): Promise<Verification> {
  try {
    const subject = subjectOf(configuration);
    const source = await openExport(join(uploads, configuration.upload), subject, signal);
    try {
      return await look(source);
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof RvtoolsError)) throw error;
    const { what, why, remedy } = error;
    const effect = 'nothing of it can be collected';
    return {
      ok: false,
      findings: [{ severity: 'blocker', what: `${what}: ${why}`, effect, remedy }],
    };
  }
}
