import { z } from 'zod';
import { malformed } from './failure.js';
import { qualifiedName, type Resource } from './kubernetes-object.js';
import type { Transport } from './transport.js';

/** Something an account may or may not do. */
export interface Right {
  readonly verb: string;
  readonly resource: Resource;
  readonly subresource?: string;
  /** All namespaces where left out. */
  readonly namespace?: string;
}

export interface RightReview extends Right {
  readonly allowed: boolean;
  /** The server's words, where it gives some. */
  readonly why: string | undefined;
}

const reviewAnswer = z.object({
  status: z.object({ allowed: z.boolean(), reason: z.string().optional() }),
});

/** `create virtualmachines.kubevirt.io` or `get pods/log`, as `kubectl auth can-i` takes it. */
export function rightName({ verb, resource, subresource }: Right): string {
  const place = qualifiedName(resource);
  return `${verb} ${subresource === undefined ? place : place.replace(resource.plural, `${resource.plural}/${subresource}`)}`;
}

async function review(
  transport: Transport,
  right: Right,
  signal: AbortSignal | undefined,
): Promise<RightReview> {
  const call = { verb: 'create', resource: 'selfsubjectaccessreviews.authorization.k8s.io' };
  const { body } = await transport.send({
    ...call,
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: {
          verb: right.verb,
          group: right.resource.group,
          version: right.resource.version,
          resource: right.resource.plural,
          ...(right.subresource === undefined ? {} : { subresource: right.subresource }),
          ...(right.namespace === undefined ? {} : { namespace: right.namespace }),
        },
      },
    },
    signal,
    // A review stores nothing.
    repeatable: true,
  });
  const answer = reviewAnswer.safeParse(body);
  if (!answer.success) throw malformed(call, 'the answer is not a review');
  return { ...right, allowed: answer.data.status.allowed, why: answer.data.status.reason };
}

/** Asks the cluster which of the rights our account has, in the order given. */
export const reviewRights = (
  transport: Transport,
  rights: readonly Right[],
  signal?: AbortSignal,
): Promise<readonly RightReview[]> =>
  Promise.all(rights.map((right) => review(transport, right, signal)));
