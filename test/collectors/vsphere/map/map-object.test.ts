import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindDefinition, type AnyRecord } from '../../../../src/graph/model/index.js';
import type { RawObject } from '../../../../src/collectors/contract.js';
import {
  exampleDatastore,
  exampleMachine,
  vsphereTypes,
} from '../../../../src/collectors/vsphere/raw.js';
import { mapped } from '../whole-read.js';
import { rawCluster, rawHost, rawMachine, rawPortGroup } from './raw-objects.js';

const samples: readonly RawObject[] = [
  exampleMachine,
  exampleDatastore,
  rawCluster(),
  rawHost(),
  rawPortGroup({ $type: 'VmwareDistributedVirtualSwitchVlanIdSpec', vlanId: 12 }),
  rawMachine([]),
];

/** What the model says about the values of a record. */
function mistakes({ kind, properties, edges }: AnyRecord): string[] {
  const { properties: declared, edges: relationships } = kindDefinition(kind);
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(properties) as [string, unknown][]) {
    const property = declared[name];
    if (property === undefined) wrong.push(`${kind}.${name} is not declared`);
    else if (value !== undefined && value !== null) {
      if (!fits(property.type, value)) wrong.push(`${kind}.${name} is no ${property.type}`);
      if (typeof value === 'string' && property.values?.includes(value) === false) {
        wrong.push(`${kind}.${name} may not be ${value}`);
      }
    }
  }
  for (const [name, targets] of Object.entries(edges)) {
    for (const target of [targets].flat()) {
      if (!(relationships[name]?.to ?? []).includes(target.kind ?? '')) {
        wrong.push(`${kind}.${name} does not lead to ${target.kind ?? 'nothing'}`);
      }
    }
  }
  return wrong;
}

function fits(type: string, value: unknown): boolean {
  switch (type) {
    case 'text':
    case 'moment':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'float':
      return Number.isFinite(value);
    case 'flag':
      return typeof value === 'boolean';
    default:
      return (
        Array.isArray(value) &&
        value.every((item) => typeof item === (type === 'textList' ? 'string' : 'number'))
      );
  }
}

const odd = fc.oneof(
  fc.constant(null),
  fc.constant(''),
  fc.constant([]),
  fc.constant({}),
  fc.constant('9'.repeat(40)),
  fc.constant({ $type: 'Unknown', __proto__: { polluted: true } }),
  fc.boolean(),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 }),
);

type Json = unknown;

/** Replaces the value at the end of a way through the object, or removes it. */
function mutated(value: Json, way: readonly number[], replacement: Json): Json {
  const [turn, ...rest] = way;
  if (turn === undefined || typeof value !== 'object' || value === null) return replacement;
  if (Array.isArray(value)) {
    if (value.length === 0) return [replacement];
    const at = turn % value.length;
    return value.map((item: Json, index) =>
      index === at ? mutated(item, rest, replacement) : item,
    );
  }
  const entries = Object.entries(value);
  const at = turn % Math.max(entries.length, 1);
  return Object.fromEntries(
    entries.map(([key, item], index) => [
      key,
      index === at ? mutated(item, rest, replacement) : (item as Json),
    ]),
  );
}

describe('mapping', () => {
  it('gives records that the model declares, whatever a value is replaced by', () => {
    const changes = fc.array(
      fc.tuple(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 7 }), odd),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...samples), changes, (sample, list) => {
        let body: Json = sample.body;
        for (const [way, replacement] of list) body = mutated(body, way, replacement);
        const object = { ...sample, body: { ...(body as object) } };
        const { records, owned } = mapped(object);
        expect(records[0]?.externalId).toBe(sample.externalId);
        expect(records.flatMap(mistakes)).toEqual([]);
        expect(owned.every((kind) => kind !== records[0]?.kind)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('is pure: the same object gives the same records', () => {
    for (const sample of samples) {
      const copy = JSON.parse(JSON.stringify(sample)) as RawObject;
      expect(mapped(copy)).toEqual(mapped(sample));
    }
  });

  it.each(vsphereTypes)('gives a record for a %s of which nothing is known', (type) => {
    const { records } = mapped({ type, externalId: 'id-1', body: {} });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ externalId: 'id-1', name: 'id-1' });
  });

  it('says as an omission that a type is not known', () => {
    const { records, omissions } = mapped({ type: 'Alien', externalId: 'a-1', body: {} });
    expect(records).toEqual([]);
    expect(omissions).toMatchObject([{ kind: 'source', what: 'Alien', externalId: 'a-1' }]);
  });

  it('says as an omission what it could not use', () => {
    const { omissions, records } = mapped(
      rawMachine([], { 'config.firmware': 'uboot', 'runtime.bootTime': 'yesterday' }),
    );
    expect(omissions.map(({ what }) => what).sort()).toEqual([
      'config.firmware',
      'runtime.bootTime',
    ]);
    expect(records[0]?.properties).toMatchObject({ firmware: undefined, bootedAt: undefined });
  });
});
