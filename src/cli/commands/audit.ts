import { z } from 'zod';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { ExitCode } from '../exit-code.js';
import { age, counted, person } from '../output/quantity.js';
import { wholeNumber } from './option-values.js';

const entry = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  role: z.string(),
  action: z.string(),
  subject: z.string(),
  phase: z.string(),
  details: z.string(),
});

interface AuditOptions {
  readonly action?: string;
  readonly subject?: string;
  readonly limit: number;
}

const list = async (context: CommandContext, options: AuditOptions): Promise<void> => {
  const { audit } = await context.api.query(
    `query audit($first: Int!, $action: String, $subject: String) {
      audit(first: $first, action: $action, subject: $subject) {
        id at actor role action subject phase details
      }
    }`,
    { first: options.limit, action: options.action ?? null, subject: options.subject ?? null },
    z.object({ audit: z.array(entry) }),
  );
  context.rows(audit, [
    { title: 'at', cell: ({ at }) => age(at), exact: ({ at }) => at },
    { title: 'who', cell: ({ actor }) => person(actor), exact: ({ actor }) => actor },
    { title: 'action', cell: ({ action }) => action },
    { title: 'phase', cell: ({ phase }) => phase },
    { title: 'on', cell: ({ subject }) => subject },
    { title: 'details', cell: ({ details }) => (details === '{}' ? '' : details) },
  ]);
};

const verify = async (context: CommandContext): Promise<void> => {
  const { auditVerdict } = await context.api.query(
    'query verdict { auditVerdict { intact entries at why } }',
    {},
    z.object({
      auditVerdict: z.object({
        intact: z.boolean(),
        entries: z.number(),
        at: z.string().nullable(),
        why: z.string().nullable(),
      }),
    }),
  );
  const { intact, entries, at, why } = auditVerdict;
  context.object(auditVerdict, [
    ['audit', intact ? 'as it was written' : 'not as it was written'],
    ['sound', counted(entries, 'entry', 'entries')],
    ['first broken', at],
    ['why', why],
  ]);
  if (!intact) process.exitCode = ExitCode.failed;
};

/** opal audit …, for admins. */
export const registerAudit: RegisterCommand = (program, context) => {
  const group = program
    .command('audit')
    .description('who did what, newest first (admins)')
    .option('--action <action>', 'only this action, for instance startMigration')
    .option('--subject <id>', 'only what was done to this')
    .option('--limit <number>', 'entries at most', wholeNumber, 100)
    .action((options: AuditOptions) => list(context(), options));
  group
    .command('verify')
    .description('whether the audit is as it was written')
    .action(() => verify(context()));
};
