import { readinessOf, unreadableBecause } from '../readiness.js';
import type { Occurrence, Rule } from '../rule/rule.js';
import { evaluationDigest } from '../workload/load-workloads.js';
import type { Workload } from '../workload/workload.js';
import type { CauseRow, MachineRow } from './record-queries.js';

/** What rules found on one machine, as it is written. */
export interface EvaluatedMachine {
  readonly machine: MachineRow;
  readonly rules: readonly Rule[];
  readonly causes: readonly CauseRow[];
}

/** Occurrences that are spelled out; the facts hold all of them. */
const spelledOut = 20;

function assessmentOf(occurrences: readonly Occurrence[]): string {
  const lines = occurrences.slice(0, spelledOut).map(({ assessment }) => assessment);
  const more = occurrences.length - lines.length;
  return (more > 0 ? [...lines, `And ${more} more.`] : lines).join('\n');
}

const causeRow = ({ rule, cause }: Occurrence): CauseRow => ({
  id: cause.id,
  label: cause.label,
  remedy: rule.remedy,
  rule: rule.id,
  category: rule.category,
  at: cause.place.id,
  atKind: cause.place.kind,
});

const idsOf = (rules: readonly Rule[], category: string): readonly string[] =>
  rules.filter((rule) => rule.category === category).map(({ id }) => id);

/** Applies rules to one machine. Pure. */
export function evaluateWorkload(
  rules: readonly Rule[],
  workload: Workload,
  digest: string,
): EvaluatedMachine {
  const found = rules
    .map((rule) => ({ rule, occurrences: rule.evaluate(workload) }))
    .filter(({ occurrences }) => occurrences.length > 0);
  const firing = found.map(({ rule }) => rule);
  const blockers = idsOf(firing, 'Critical');
  const causes = new Map(
    found.flatMap(({ occurrences }) => occurrences).map((each) => [each.cause.id, causeRow(each)]),
  );
  const unknownBecause =
    rules.length === 0
      ? 'There are no rules for machines of such a source'
      : unreadableBecause(workload);
  return {
    rules: firing,
    causes: [...causes.values()],
    machine: {
      id: workload.id,
      readiness: readinessOf(
        firing.map(({ category }) => category),
        unknownBecause,
      ),
      unknownBecause,
      blockingConcerns: blockers.length,
      warningConcerns: idsOf(firing, 'Warning').length,
      blockers: blockers.length === 0 ? null : blockers.toSorted(),
      digest: evaluationDigest(digest, firing.length),
      concernIds: firing.map(({ id }) => id),
      causeIds: [...causes.keys()],
      concerns: found.map(({ rule, occurrences }) => ({
        rule: rule.id,
        facts: JSON.stringify(occurrences.map(({ facts }) => facts)),
        assessment: assessmentOf(occurrences),
      })),
      causes: [...causes.values()].map(({ id, category, rule }) => ({ id, category, rule })),
    },
  };
}
