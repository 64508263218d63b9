import { OpalError } from '../../errors/opal-error.js';
import type { AuditedAction } from '../../server/audit/index.js';
import type { ApiContext } from '../api-context.js';
import type { UserError } from './user-error.js';

const userErrorOf = ({ code, message, subject, remedy, retryable }: OpalError): UserError => ({
  code,
  message,
  field: subject,
  remedy,
  retryable,
});

/** A payload, or the errors that stand in its place. */
export type Attempted<Payload> = (Payload | Partial<Record<keyof Payload, null>>) & {
  readonly userErrors: UserError[];
};

/**
 * Makes a change under audit. What a person can mend is answered as a user error; everything else
 * is thrown and masked at the edge.
 */
export const attempt = async <Payload extends object>(
  { services, principal }: ApiContext,
  action: AuditedAction,
  change: () => Promise<Payload>,
): Promise<Attempted<Payload>> => {
  try {
    const payload = await services.audit.audited(principal, action, change);
    return { ...payload, userErrors: [] };
  } catch (error) {
    if (!(error instanceof OpalError)) throw error;
    return { userErrors: [userErrorOf(error)] } as unknown as Attempted<Payload>;
  }
};
