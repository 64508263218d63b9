import { z } from 'zod';

export const severities = ['blocker', 'warning', 'information'] as const;

const subject = z.object({
  kind: z.enum(['plan', 'machine', 'network', 'datastore', 'storageClass', 'node', 'namespace']),
  id: z.string(),
  name: z.string(),
});

/** Something that validation found: what, on which object, why, and what to do. */
export const finding = z.object({
  /** Id of the rule in the catalogue. */
  id: z.string(),
  severity: z.enum(severities),
  subject,
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  /** Whether somebody may answer for running the plan all the same. */
  waivable: z.boolean(),
  /** Whether somebody does: then a blocker blocks nothing. */
  waived: z.boolean().default(false),
});
export type Finding = z.output<typeof finding>;
export type FindingSubject = Finding['subject'];

/** A finding that a person answers for. */
export const waiver = z.object({
  id: z.string(),
  plan: z.string(),
  finding: z.string(),
  /** Id of the machine it is for; null where it is for the plan as a whole. */
  machine: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type Waiver = z.output<typeof waiver>;

/** The findings, each with whether somebody answers for it. */
export const withWaivers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  machine: string | null,
): Finding[] =>
  findings.map((one) => ({
    ...one,
    waived:
      one.waivable &&
      waivers.some((waiver) => waiver.finding === one.id && waiver.machine === machine),
  }));

/** Blockers that nobody answers for. */
export const openBlockers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  machine: string | null,
): readonly Finding[] =>
  withWaivers(findings, waivers, machine).filter(
    ({ severity, waived }) => severity === 'blocker' && !waived,
  );
