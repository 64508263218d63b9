import { OpalError } from '../errors/opal-error.js';

/** Why a call to a cluster failed, as far as a caller may want to act on it. */
export const FailureReason = {
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  notFound: 'notFound',
  alreadyExists: 'alreadyExists',
  /** Another field manager owns the field, or the resource version is not the current one. */
  conflict: 'conflict',
  /** A UID precondition did not hold: the object of that name is another one now. */
  preconditionFailed: 'preconditionFailed',
  /** The API server or an admission webhook refused the object. */
  invalid: 'invalid',
  /** The place in the stream or in the list is too old; list again. */
  expired: 'expired',
  tooManyRequests: 'tooManyRequests',
  unavailable: 'unavailable',
  unreachable: 'unreachable',
  timeout: 'timeout',
  certificate: 'certificate',
  malformedAnswer: 'malformedAnswer',
  failed: 'failed',
} as const;
export type FailureReason = (typeof FailureReason)[keyof typeof FailureReason];

/** One fault of an object that was refused, as the API server or a webhook words it. */
export interface StatusCause {
  readonly field: string;
  readonly message: string;
}

/** What was asked of which object. */
export interface KubernetesCall {
  readonly verb: string;
  /** `plural.group`, or the plural alone for the core group; a path for calls without a resource. */
  readonly resource: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

export interface KubernetesFailure {
  readonly reason: FailureReason;
  readonly why: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly status?: number;
  readonly causes?: readonly StatusCause[];
}

const placeOf = ({ resource, namespace, name }: KubernetesCall): string =>
  [resource, namespace === undefined ? name : `${namespace}/${name ?? ''}`]
    .filter((part) => part !== undefined)
    .join(' ');

const dashed = (reason: string): string =>
  reason.replace(/[A-Z]/gu, (capital) => `-${capital.toLowerCase()}`);

/** A call to a cluster that failed: which verb, on which object, why, and what to do. */
export class KubernetesError extends OpalError {
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly objectName: string | undefined;
  readonly reason: FailureReason;
  /** HTTP status, where there was an answer at all. */
  readonly status: number | undefined;
  readonly causes: readonly StatusCause[];

  constructor(call: KubernetesCall, failure: KubernetesFailure, options?: ErrorOptions) {
    super(
      {
        code: `kubernetes.${dashed(failure.reason)}`,
        what: `The cluster call ${call.verb} failed`,
        subject: placeOf(call),
        why: failure.why,
        remedy: failure.remedy,
        retryable: failure.retryable,
      },
      options,
    );
    this.verb = call.verb;
    this.resource = call.resource;
    this.namespace = call.namespace;
    this.objectName = call.name;
    this.reason = failure.reason;
    this.status = failure.status;
    this.causes = failure.causes ?? [];
  }
}

/** True where the error is a failed cluster call for one of the given reasons. */
export const failedFor = (
  error: unknown,
  ...reasons: readonly FailureReason[]
): error is KubernetesError => error instanceof KubernetesError && reasons.includes(error.reason);

/** How a cluster is reached was described in a way that cannot be used. */
export class ClusterAccessError extends OpalError {
  constructor(subject: string, why: string, remedy: string, options?: ErrorOptions) {
    super(
      {
        code: 'kubernetes.access-not-usable',
        what: 'The access to the cluster cannot be used',
        subject,
        why,
        remedy,
        retryable: false,
      },
      options,
    );
  }
}
