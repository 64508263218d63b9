import type { Finding, Verification } from '../contract.js';
import { hasService } from './access/endpoints.js';
import type { Token } from './access/token.js';
import type { OpenstackClient } from './client.js';
import { OpenstackForbiddenError, OpenstackNotFoundError } from './errors.js';
import { listPage } from './list-page.js';
import { readSteps, type ReadStep } from './read-steps.js';
import { seesEveryProject } from './session.js';

type Right = 'every project' | 'own project' | 'none';

const nameOf = (step: ReadStep): string => `read ${step.service} ${step.path}`;

async function rightTo(
  client: OpenstackClient,
  step: ReadStep,
  signal: AbortSignal,
): Promise<Right> {
  try {
    const page = await listPage(client, step, undefined, signal);
    return page.restricted === undefined ? 'every project' : 'own project';
  } catch (error) {
    const refused =
      error instanceof OpenstackForbiddenError || error instanceof OpenstackNotFoundError;
    if (refused) return 'none';
    throw error;
  }
}

function findingOf(step: ReadStep, right: Right): Finding | undefined {
  if (right === 'every project') return undefined;
  if (right === 'none') {
    return {
      severity: step.type === 'server' ? 'blocker' : 'warning',
      what: `the account may not ${nameOf(step)}`,
      effect: `objects of ${step.path} stay unknown`,
      remedy: 'Give the account the role admin, or a role that the policy of the service allows it',
    };
  }
  return {
    severity: 'warning',
    what: `the account may ${nameOf(step)} of its own project alone`,
    effect: 'objects of other projects stay unknown, and nothing of this kind is taken for deleted',
    remedy: 'Give the account the role admin, or read this account alone',
  };
}

/**
 * What the account may read, asked of each list for one object. Roles are named too, since Neutron
 * and Cinder leave out other projects without a word.
 */
export async function checkRights(
  client: OpenstackClient,
  token: Token,
  signal: AbortSignal,
): Promise<{
  readonly privileges: NonNullable<Verification['privileges']>;
  readonly findings: readonly Finding[];
}> {
  const everything = seesEveryProject(token) || client.configuration.visibility === 'account';
  const present = token.roles.map((role) => `role ${role}`);
  const missing = everything ? [] : ['role admin'];
  const findings: Finding[] = everything
    ? []
    : [
        {
          severity: 'warning',
          what: `the account has the roles ${token.roles.join(', ')}, and admin is not among them`,
          effect: 'services leave out other projects; nothing that is missing is taken for deleted',
          remedy: 'Give the account the role admin, or read this account alone',
        },
      ];
  for (const step of readSteps) {
    const offered = step.service === 'identity' || hasService(token, step.service);
    if (!offered) continue;
    const right = await rightTo(client, step, signal);
    (right === 'none' ? missing : present).push(nameOf(step));
    const finding = findingOf(step, right);
    if (finding !== undefined) findings.push(finding);
  }
  const unique = (names: readonly string[]): string[] => [...new Set(names)];
  return { privileges: { present: unique(present), missing: unique(missing) }, findings };
}
