import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateConcerns } from '../../src/concerns/evaluation/evaluate-concerns.js';
import { rulesOf } from '../../src/concerns/catalogue.js';
import { migrate } from '../../src/graph/index.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { wipeGraph } from '../real/neo4j.js';
import { Estate, ground, machine } from './estate.js';
import { placementRule, ruleCases, surroundings } from './rule-cases.js';

interface Found {
  readonly facts: readonly Record<string, unknown>[];
  readonly assessment: string;
  readonly causes: readonly {
    readonly kind: string;
    readonly at: string;
    readonly tied: boolean;
  }[];
}

let estate: Estate;

/** What a rule found on a machine, or undefined. */
async function found(externalId: string, rule: string): Promise<Found | undefined> {
  const [row] = await estate.run(
    `MATCH (vm:VirtualMachine {id: $id})-[fires:HAS_CONCERN]->(concern:Concern {id: $rule})
     RETURN fires.facts AS facts, fires.assessment AS assessment, COLLECT {
       MATCH (vm)-[:HELD_BY]->(cause:Cause)-[:OF]->(concern)
       RETURN {kind: cause.atKind, at: cause.at, tied: EXISTS { (cause)-[:AT]->({id: cause.at}) }}
     } AS causes`,
    { id: estate.id('VirtualMachine', externalId), rule },
  );
  return row === undefined
    ? undefined
    : ({ ...row, facts: JSON.parse(String(row.facts)) as unknown } as Found);
}

beforeAll(async () => {
  const { graph, neo4j } = await openTestGraph();
  await wipeGraph();
  await migrate(graph);
  estate = new Estate(neo4j.driver);
  const machines = ruleCases.flatMap(({ rule, fires, silent }) => [
    ...machine(`${rule}-fires`, fires),
    ...machine(`${rule}-silent`, silent),
  ]);
  machines.push(...machine('sound'));
  await estate.load([...ground(), ...surroundings, ...machines, ...placementRule]);
  await evaluateConcerns(graph);
});

describe('each rule', () => {
  it('has a machine that fires it and one that does not', () => {
    // Those of other providers have theirs beside their collectors.
    expect(ruleCases.map(({ rule }) => rule).sort()).toEqual(
      rulesOf('vmware')
        .map(({ id }) => id)
        .sort(),
    );
  });

  it.each(ruleCases)('$rule fires with its facts and names its cause', async (each) => {
    const concern = await found(`${each.rule}-fires`, each.rule);
    expect(concern?.facts).toHaveLength(each.occurrences ?? 1);
    expect(concern?.facts[0]).toMatchObject(each.because);
    expect(concern?.assessment.split('\n')).toHaveLength(each.occurrences ?? 1);
    const kinds = new Set(concern?.causes.map(({ kind }) => kind));
    expect([...kinds]).toEqual([each.place]);
    const tied = concern?.causes.every((cause) => cause.tied);
    expect(tied).toBe(each.place !== 'OperatingSystem');
  });

  it.each(ruleCases)('$rule keeps silent on what is sound', async (each) => {
    expect(await found(`${each.rule}-silent`, each.rule)).toBeUndefined();
  });

  it('finds nothing on a machine without a fault', async () => {
    const [row] = await estate.run(
      `MATCH (vm:VirtualMachine {id: $id})
       RETURN vm.readiness AS readiness, COUNT { (vm)-[:HAS_CONCERN|HELD_BY]->() } AS found`,
      { id: estate.id('VirtualMachine', 'sound') },
    );
    expect(row?.readiness).toBe('ready');
    expect(Number(row?.found)).toBe(0);
  });
});
