import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileFilter,
  compileSearch,
  Parameters,
  parseSearch,
  printSearch,
  SearchError,
} from '../../src/search/index.js';

const failure = (text: string): SearchError => {
  try {
    parseSearch(text);
  } catch (error) {
    if (error instanceof SearchError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
};

const filterOf = (text: string) => parseSearch(text).filter;

describe('the search language', () => {
  it('understands conditions over relationships, quantifiers and units', () => {
    const text =
      "vms where concerns.id = 'vmware.disk.shared.detected' and host.cluster.name ~= '^prod' and any(disks where capacity > 2Ti)";
    expect(parseSearch(text)).toEqual({
      kind: 'VirtualMachine',
      orderBy: [],
      filter: {
        type: 'and',
        filters: [
          {
            type: 'compare',
            path: ['concerns', 'id'],
            comparison: 'equals',
            value: 'vmware.disk.shared.detected',
          },
          {
            type: 'compare',
            path: ['host', 'cluster', 'name'],
            comparison: 'matches',
            value: '^prod',
          },
          {
            type: 'some',
            path: ['disks'],
            filter: {
              type: 'compare',
              path: ['capacityBytes'],
              comparison: 'greater',
              value: 2 * 1024 ** 4,
            },
          },
        ],
      },
    });
  });

  it('understands what users of TSL write', () => {
    expect(
      parseSearch("where name ~= 'web' and memoryMB > 4096 order by name desc limit 10"),
    ).toEqual({
      kind: 'VirtualMachine',
      filter: {
        type: 'and',
        filters: [
          { type: 'compare', path: ['name'], comparison: 'matches', value: 'web' },
          { type: 'compare', path: ['memoryMB'], comparison: 'greater', value: 4096 },
        ],
      },
      orderBy: [{ path: ['name'], direction: 'descending' }],
      limit: 10,
    });
    expect(filterOf('len(disks) > 2')).toMatchObject({ type: 'aggregate', function: 'count' });
    expect(filterOf("any(concerns[*].category = 'Critical')")).toEqual({
      type: 'some',
      path: ['concerns'],
      filter: { type: 'compare', path: ['category'], comparison: 'equals', value: 'Critical' },
    });
    expect(filterOf("powerState in ['poweredOn', 'suspended']")).toMatchObject({ type: 'oneOf' });
    expect(filterOf("name !~ 'x'")).toMatchObject({ type: 'not' });
    expect(filterOf("name not like 'a%'")).toEqual({
      type: 'not',
      filter: { type: 'compare', path: ['name'], comparison: 'startsWith', value: 'a' },
    });
    expect(filterOf('cpuCount between 2 and 4')).toMatchObject({
      type: 'between',
      low: 2,
      high: 4,
    });
    expect(filterOf('annotation is not null')).toMatchObject({ type: 'not' });
    expect(parseSearch("select name, host.name from vms where name = 'a'").columns).toEqual([
      ['name'],
      ['host', 'name'],
    ]);
  });

  it('counts a suffix in the unit that the field is stored in', () => {
    expect(filterOf('memoryMB >= 4Gi')).toMatchObject({ value: 4096 });
    expect(filterOf('disks.capacity >= 1.5T')).toMatchObject({ value: 1.5e12 });
  });

  it('takes a name alone as a flag or as a relationship that leads somewhere', () => {
    expect(filterOf('not secureBoot')).toMatchObject({ type: 'not', filter: { value: true } });
    expect(filterOf('where snapshots')).toEqual({ type: 'some', path: ['snapshots'] });
  });

  it.each([
    ['snapshots.createdAt < now - 90d', 'less', 'now-90d'],
    ['snapshots.createdAt older than 90 days', 'less', 'now-90d'],
    ['snapshots.createdAt newer than 2 weeks', 'greater', 'now-2w'],
    ['snapshots.createdAt < 1 year ago', 'less', 'now-1y'],
    ['snapshots.createdAt >= now - 1 year - 6 months', 'greaterOrEqual', 'now-1y-6mo'],
    ["snapshots.createdAt < 'NOW - 15 min'", 'less', 'now-15min'],
  ])('keeps %s relative to when it is run', (condition, comparison, value) => {
    const path = ['snapshots', 'createdAt'];
    const search = parseSearch(`vms where ${condition}`);
    expect(search.filter).toEqual({ type: 'compare', path, comparison, value });
    expect(parseSearch(printSearch(search))).toEqual(search);
  });

  it('counts months and years by the calendar, and one query has one now', () => {
    const now = new Date('2024-03-31T12:00:00.000Z');
    const at = (value: string) => {
      const parameters = new Parameters(now);
      const path = ['createdAt'];
      compileFilter(
        'VirtualMachine',
        'n',
        { type: 'compare', path, comparison: 'less', value },
        parameters,
      );
      return parameters.values.p0;
    };
    expect(at('now-1mo')).toBe('2024-02-29T12:00:00.000Z');
    expect(at('now-1y-1mo')).toBe('2023-02-28T12:00:00.000Z');
    expect(at('now-2w')).toBe('2024-03-17T12:00:00.000Z');
    expect(at('now-999999y')).toBe('1970-01-01T00:00:00.000Z');
    const { parameters } = compileSearch(
      parseSearch('vms where createdAt < now or createdAt > now'),
    );
    expect(parameters.p1).toBe(parameters.p2);
  });

  it.each([
    ['createdAt older than 90', 'unit of time'],
    ['createdAt older than 3m', 'months'],
    ['createdAt > 90 days', 'older than 90 days'],
    ['createdAt < -90d', 'older than 90 days'],
    ["name = 'web", "Close it with '"],
    ['name = web', 'quotes'],
    ['capacity > 2Tb', 'Ti'],
    ['name older than 3 days', 'moment'],
    ["createdAt < 'yesterday'", 'older than 90 days'],
  ])('says for %s what would do', (condition, remedy) => {
    expect(failure(`vms where ${condition}`).remedy).toContain(remedy);
  });

  it.each([
    ["vms where nam = 'a'", 10, 'name'],
    ["vms where host.clustr.name = 'a'", 15, 'cluster'],
    ["vmss where name = 'a'", 0, 'vms'],
    ["vms where powerState = 'poweredOnn'", 23, 'poweredOn'],
  ])('points at the mistake in %s and says what was meant', (text, offset, suggestion) => {
    const error = failure(text);
    expect(error.position?.offset).toBe(offset);
    expect(error.suggestion).toBe(suggestion);
    expect(error.message).toContain(suggestion);
  });

  it.each([
    ['vms where', 9],
    ["vms where name = 'a' and", 24],
    ["vms where (name = 'a'", 21],
    ['vms where name = web', 17],
    ["vms where name ~= 'a", 18],
    ['vms where host = 3', 10],
    ['vms where cpuCount', 10],
    ["vms where cpuCount = 'four'", 21],
    ['vms where secureBoot > true', 10],
    ["vms where name ~= '(a+)+$'", 18],
    ["vms where name ~= '('", 18],
    ['vms limit 0', 10],
  ])('refuses %s at letter %i', (text, offset) => {
    const error = failure(text);
    if (error.position !== undefined) expect(error.position.offset).toBe(offset);
    expect(error.remedy).not.toBe('');
  });

  it('refuses what is too long, too deep or too wide', () => {
    expect(failure(`name = '${'a'.repeat(20_000)}'`).why).toContain('longer');
    expect(failure(`${'('.repeat(100)}name = 'a'${')'.repeat(100)}`).why).toContain('deeper');
    expect(failure(`cpuCount in (${'1,'.repeat(3000)}1)`).why).toContain('words');
    expect(
      failure(
        "folder.virtualMachines.folder.virtualMachines.folder.virtualMachines.folder.name = 'a'",
      ).why,
    ).toContain('relationships');
  });

  it('never puts a text of a person into the query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 3, maxLength: 40 }), (text) => {
        const quoted = text.replaceAll('\\', '').replaceAll("'", "''");
        const search = parseSearch(
          `vms where name = '${quoted}' and annotation contains '${quoted}'`,
        );
        const { text: cypher, parameters } = compileSearch(search);
        expect(cypher).toBe(
          'MATCH (n:VirtualMachine)\nWHERE n.id > $p0 AND (n.name = $p1 AND n.annotation CONTAINS $p2)\nWITH n ORDER BY n.id\nRETURN n.id AS id, n.name AS name',
        );
        expect(parameters.p1).toBe(text.replaceAll('\\', ''));
      }),
    );
  });

  it('prints a search so that it parses to itself again', () => {
    for (const text of [
      "vms where concerns.id = 'a' and not (host.name ~= '^x' or cpuCount in (1, 2))",
      'hosts where all(datastores where freeBytes > 1Gi) order by name, cluster.name desc limit 5',
      "select name, disks.file from vms where sum(disks.capacity where bus = 'scsi') >= 2Ti",
      "vms where search('web prod') and guestName ilike '%Red Hat%' and bootedAt < 'now-30d'",
      "vms where annotation = 'it''s \\n two lines' and cpuCount between 1 and 3.5 and host is null",
      'vms where avg(disks.capacity) < 12345678901234 and none(nics) and any(snapshots where current)',
    ]) {
      const search = parseSearch(text);
      expect(parseSearch(printSearch(search))).toEqual(search);
    }
  });

  it('answers any text with a search or with a SearchError', () => {
    const words = fc.constantFrom(
      ...'vms where and or not ( ) any( all( count( name host.cluster.name disks capacity = != ~= > 2Ti 4 in [ ] , like is null order by limit desc search( between true now-1d older than 3 days ago select from * [*] .'.split(
        ' ',
      ),
      "'x'",
      '"y"',
    );
    const texts = fc.oneof(
      fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          compileSearch(parseSearch(text));
        } catch (error) {
          expect(error).toBeInstanceOf(SearchError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
