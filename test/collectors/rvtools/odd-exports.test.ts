import { describe, expect, it } from 'vitest';
import { csvOf, workbookUpload, zipUpload, type ExportSheets } from './export-files.js';
import { named, readOnce } from './read-export.js';

const machine = (name: string, more: Readonly<Record<string, string | number>> = {}) => ({
  VM: name,
  Powerstate: 'poweredOn',
  Template: 'False',
  ...more,
});

const readCsv = async (sheets: ExportSheets, delimiter?: string) =>
  readOnce(
    await zipUpload(
      Object.fromEntries(
        Object.entries(sheets).map(([name, rows]) => [
          `export/RVTools_tab${name}.csv`,
          csvOf(rows, delimiter),
        ]),
      ),
    ),
  );

describe('an export of CSV files', () => {
  it('is read as the workbook is, with the separator and numbers of its language', async () => {
    const read = await readCsv(
      {
        vInfo: [
          machine('a', { 'VM ID': 'vm-1', Memory: '16.384', PowerOn: '25.12.2025 18:30:00' }),
        ],
        vDisk: [
          machine('a', { 'VM ID': 'vm-1', Disk: 'Hard disk 1', 'Capacity MiB': '1.048.576' }),
        ],
      },
      ';',
    );
    expect(named(read, 'VirtualMachine', 'a').properties).toMatchObject({
      memoryMB: 16_384,
      diskCapacityBytes: 1024 ** 4,
      bootedAt: '2025-12-25T18:30:00.000Z',
    });
  });

  it('keeps quotes, line breaks and separators inside cells', async () => {
    const annotation = 'says "hello",\r\nand; more';
    const read = await readCsv({
      vInfo: [machine('a', { 'VM ID': 'vm-1', Annotation: annotation })],
    });
    expect(named(read, 'VirtualMachine', 'a').properties.annotation).toBe(annotation);
  });

  it('reads files that Windows wrote in its own encodings', async () => {
    const text = csvOf([machine('Büro', { 'VM ID': 'vm-1' })]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const content of [utf16, Buffer.from(text, 'latin1')]) {
      const read = await readOnce(await zipUpload({ 'RVTools_tabvInfo.csv': content }));
      expect(named(read, 'VirtualMachine', 'Büro').externalId).toBe('vcenter/vm-1');
    }
  });
});

describe('dates of an export', () => {
  const dated = async (...dates: string[]) => {
    const rows = dates.map((date, place) =>
      machine(`m${place}`, { 'VM ID': `vm-${place}`, PowerOn: date }),
    );
    const read = await readCsv({ vInfo: rows });
    const found = rows.map(({ VM }) => named(read, 'VirtualMachine', VM).properties.bootedAt);
    return { found, omissions: read.omissions.filter(({ kind }) => kind !== 'source') };
  };

  it('are read in the order that one of them proves', async () => {
    const { found } = await dated('3/4/2026 1:02:03 PM', '3/25/2026 12:00:00 AM');
    expect(found).toEqual(['2026-03-04T13:02:03.000Z', '2026-03-25T00:00:00.000Z']);
  });

  it('are left out and named where they could be two days', async () => {
    const { found, omissions } = await dated('03/04/2026 10:00:00');
    expect(found).toEqual([undefined]);
    expect(omissions).toMatchObject([{ externalId: 'vcenter/vm-0', what: 'poweron' }]);
  });

  it('are read with the year first whatever the language', async () => {
    const { found } = await dated('2026/03/04 10:00:00', '2026-03-04');
    expect(found).toEqual(['2026-03-04T10:00:00.000Z', '2026-03-04T00:00:00.000Z']);
  });

  it('are refused where there is no such day', async () => {
    const { found } = await dated('31.02.2026 10:00:00');
    expect(found).toEqual([undefined]);
  });
});

describe('an export of an older version', () => {
  it('has its former titles understood', async () => {
    const read = await readOnce(
      await workbookUpload({
        vInfo: [
          machine('a', {
            'VM UUID': '42aa0000-0000-4000-8000-000000000001',
            'disk.EnableUUID': 'True',
            'Provisioned MB': 300,
            'In Use MB': 100,
            'vCenter UUID': 'UUID-1',
            OS: 'Debian GNU/Linux 11 (64-bit)',
          }),
        ],
        vDisk: [machine('a', { Disk: 'Hard disk 1', 'Capacity MB': 2048, Path: '[ds] a/a.vmdk' })],
      }),
    );
    const { externalId, properties, edges } = named(read, 'VirtualMachine', 'a');
    expect(externalId).toBe('uuid-1/uuid-42aa0000-0000-4000-8000-000000000001');
    expect(properties).toMatchObject({
      uuid: '42aa0000-0000-4000-8000-000000000001',
      diskEnableUuid: true,
      committedBytes: 100 * 1024 ** 2,
      uncommittedBytes: 200 * 1024 ** 2,
      diskCapacityBytes: 2 * 1024 ** 3,
      osFamily: 'linux',
    });
    expect(edges.datastores).toEqual([{ kind: 'Datastore', externalId: 'uuid-1/datastore//ds' }]);
  });
});

describe('rows without a VM ID', () => {
  const twins = [
    machine('twin', { 'VM ID': 'vm-1', Host: 'h1', 'VM UUID': 'u-1' }),
    machine('twin', { 'VM ID': 'vm-2', Host: 'h2', 'VM UUID': 'u-2' }),
  ];
  const joined = async (disk: Readonly<Record<string, string>>) =>
    readOnce(
      await workbookUpload({ vInfo: twins, vDisk: [{ VM: 'twin', Disk: 'Hard disk 1', ...disk }] }),
    );

  it('are joined by UUID and by host', async () => {
    for (const how of [{ 'VM UUID': 'u-2' }, { Host: 'h2' }]) {
      expect(named(await joined(how), 'Disk', 'Hard disk 1').edges.machine).toEqual({
        kind: 'VirtualMachine',
        externalId: 'vcenter/vm-2',
      });
    }
  });

  it('are listed and joined to nobody where two machines fit', async () => {
    const read = await joined({});
    expect(read.records.filter(({ kind }) => kind === 'Disk')).toEqual([]);
    expect(read.omissions).toContainEqual({
      kind: 'Disk',
      externalId: 'twin',
      what: 'vDisk, row 2',
      why: '2 machines in vInfo fit the name twin',
    });
  });

  it('are listed where no machine fits', async () => {
    const read = await joined({ Host: 'h3' });
    expect(read.omissions).toContainEqual(
      expect.objectContaining({ why: 'no machine in vInfo fits the name twin' }),
    );
  });
});

describe('an export of several vCenters', () => {
  const of = (vCenter: string) => ({
    'VI SDK Server': `${vCenter}.example.com`,
    'VI SDK UUID': vCenter,
  });

  it('keeps machines of one VM ID and places of one name apart', async () => {
    const read = await readOnce(
      await workbookUpload({
        vInfo: [
          machine('a', { 'VM ID': 'vm-1', Datacenter: 'DC', Host: 'h', ...of('one') }),
          machine('b', { 'VM ID': 'vm-1', Datacenter: 'DC', Host: 'h', ...of('two') }),
        ],
        vDisk: [machine('b', { 'VM ID': 'vm-1', Disk: 'Hard disk 1', ...of('two') })],
        vSnapshot: [machine('a', { 'VM ID': 'vm-1', Name: 'whose?' })],
      }),
    );
    expect(named(read, 'Disk', 'Hard disk 1').edges.machine).toMatchObject({
      externalId: 'two/vm-1',
    });
    expect(read.records.filter(({ kind }) => kind === 'Host')).toHaveLength(2);
    expect(read.omissions).toContainEqual(
      expect.objectContaining({ kind: 'Snapshot', why: '2 machines in vInfo fit the VM ID vm-1' }),
    );
  });
});

describe('an anonymised export', () => {
  it('calls machines by their ids, and its placeholder is no value', async () => {
    const hidden = { 'DNS Name': 'VM', Annotation: 'VM', Folder: 'VM' };
    const read = await readOnce(
      await workbookUpload({
        vInfo: [
          machine('VM', { 'VM ID': 'vm-1', ...hidden }),
          machine('VM', { 'VM ID': 'vm-2', ...hidden }),
        ],
      }),
    );
    const { properties } = named(read, 'VirtualMachine', 'vcenter/vm-2');
    expect(properties.hostName).toBeUndefined();
    expect(properties.annotation).toBeUndefined();
  });
});

describe('an export that lacks a sheet', () => {
  it('says so, and takes parts of that sheet for unknown and not for gone', async () => {
    const upload = await workbookUpload({ vInfo: [machine('a', { 'VM ID': 'vm-1', Disks: 3 })] });
    const read = await readOnce(upload);
    expect(named(read, 'VirtualMachine', 'a').properties.diskCount).toBe(3);
    expect(read.omissions).toContainEqual({
      kind: 'source',
      what: 'sheet vDisk',
      why: 'the export has none',
    });
  });
});
