import { z } from 'zod';
import { CertificateChanged } from './access/certificate.js';
import {
  FailureReason,
  KubernetesError,
  type KubernetesCall,
  type KubernetesFailure,
  type StatusCause,
} from './errors.js';

const statusAnswer = z.object({
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z
    .object({
      causes: z
        .array(z.object({ field: z.string().optional(), message: z.string().optional() }))
        .nullish(),
      retryAfterSeconds: z.number().optional(),
    })
    .nullish(),
});

/** What a Status object of the API server says. */
export interface StatusAnswer {
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly causes: readonly StatusCause[];
  readonly retryAfterSeconds: number | undefined;
}

/** Reads the body of a refusal; anything else than a Status gives its first 500 characters. */
export function parseStatus(body: string): StatusAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = undefined;
  }
  const result = statusAnswer.safeParse(value);
  if (!result.success) {
    const message = body.trim().slice(0, 500);
    return {
      reason: undefined,
      message: message === '' ? undefined : message,
      causes: [],
      retryAfterSeconds: undefined,
    };
  }
  const { reason, message, details } = result.data;
  const causes = (details?.causes ?? []).map((cause) => ({
    field: cause.field ?? '',
    message: cause.message ?? '',
  }));
  return { reason, message, causes, retryAfterSeconds: details?.retryAfterSeconds };
}

function reasonOf(status: number, { reason, message }: StatusAnswer): FailureReason {
  switch (status) {
    case 401:
      return FailureReason.unauthorized;
    case 403:
      return FailureReason.forbidden;
    case 404:
      return FailureReason.notFound;
    case 409:
      if (reason === 'AlreadyExists') return FailureReason.alreadyExists;
      return /precondition/iu.test(message ?? '')
        ? FailureReason.preconditionFailed
        : FailureReason.conflict;
    case 400:
    case 413:
    case 415:
    case 422:
      return FailureReason.invalid;
    case 410:
      return FailureReason.expired;
    case 429:
      return FailureReason.tooManyRequests;
    case 502:
    case 503:
      return FailureReason.unavailable;
    case 408:
    case 504:
      return FailureReason.timeout;
    default:
      return FailureReason.failed;
  }
}

const canI = ({ verb, resource, namespace }: KubernetesCall): string =>
  `\`kubectl auth can-i ${verb} ${resource}${namespace === undefined ? '' : ` -n ${namespace}`}\``;

function showCommand({ resource, namespace, name }: KubernetesCall): string {
  const place = namespace === undefined ? '' : `-n ${namespace} `;
  return `\`kubectl ${place}get ${resource} ${name ?? ''}`.trimEnd() + ' -o yaml`';
}

function remedyFor(reason: FailureReason, call: KubernetesCall): string {
  switch (reason) {
    case FailureReason.unauthorized:
      return 'The token or certificate is not accepted: renew the credentials of the target.';
    case FailureReason.forbidden:
      return `Give the account this right; ${canI(call)} shows whether it has it.`;
    case FailureReason.notFound:
      return `Check that it exists: ${showCommand(call)}.`;
    case FailureReason.alreadyExists:
    case FailureReason.preconditionFailed:
      return `See what is there: ${showCommand(call)}.`;
    case FailureReason.conflict:
      return `See who manages the field: ${showCommand(call).replace('-o yaml', '--show-managed-fields -o yaml')}.`;
    case FailureReason.invalid:
      return 'Correct the fields that are named.';
    case FailureReason.expired:
      return 'Read the list again from its start.';
    case FailureReason.tooManyRequests:
      return 'The API server is busy; try again later or raise its limits for this account.';
    case FailureReason.unavailable:
    case FailureReason.timeout:
    case FailureReason.unreachable:
      return 'Check that the API server is up and can be reached: `kubectl get --raw /readyz`.';
    case FailureReason.certificate:
      return 'Check the certificate with its owner, then give its authority or its fingerprint.';
    case FailureReason.malformedAnswer:
      return 'Check that the address is that of a Kubernetes API server and not of a proxy.';
    case FailureReason.failed:
      return 'See the log of the API server, or of the webhook that the message names.';
  }
}

const passing = new Set<FailureReason>([
  FailureReason.expired,
  FailureReason.tooManyRequests,
  FailureReason.unavailable,
  FailureReason.timeout,
  FailureReason.unreachable,
]);

/** An error for a refusal by the API server. */
export function refusal(
  call: KubernetesCall,
  status: number,
  answer: StatusAnswer,
): KubernetesError {
  const reason = reasonOf(status, answer);
  return new KubernetesError(call, {
    reason,
    status,
    why: answer.message ?? `the API server answered ${status}`,
    remedy: remedyFor(reason, call),
    retryable: passing.has(reason) || status >= 500,
    causes: answer.causes,
  });
}

/** An error for an answer that is not what the API promises. */
export const malformed = (call: KubernetesCall, why: string): KubernetesError =>
  new KubernetesError(call, {
    reason: FailureReason.malformedAnswer,
    why,
    remedy: remedyFor(FailureReason.malformedAnswer, call),
    retryable: false,
  });

/** An error for a place in a list or stream that the server no longer keeps. */
export const expired = (call: KubernetesCall, why: string): KubernetesError =>
  new KubernetesError(call, {
    reason: FailureReason.expired,
    status: 410,
    why,
    remedy: remedyFor(FailureReason.expired, call),
    retryable: true,
  });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const certificateCode =
  /^(?:CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA|ERR_SSL)/u;

function connectionReason(error: unknown): FailureReason {
  const code = codeOf(error);
  if (error instanceof CertificateChanged || certificateCode.test(code)) {
    return FailureReason.certificate;
  }
  const timedOut =
    code.includes('TIMEOUT') || (error instanceof Error && error.name === 'TimeoutError');
  return timedOut ? FailureReason.timeout : FailureReason.unreachable;
}

function connectionWhy(error: unknown, reason: FailureReason): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (reason === FailureReason.certificate) return `its certificate is not accepted: ${message}`;
  return code === '' || message.includes(code) ? message : `${message} (${code})`;
}

/** An error for a connection that could not be made or was lost. */
export function connectionFailure(call: KubernetesCall, error: unknown): KubernetesError {
  const reason = connectionReason(error);
  const failure: KubernetesFailure = {
    reason,
    why: connectionWhy(error, reason),
    remedy: remedyFor(reason, call),
    retryable: passing.has(reason),
  };
  return new KubernetesError(call, failure, { cause: error });
}
