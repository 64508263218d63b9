import { z } from 'zod';

const textMap = z.record(z.string(), z.string());

const objectMeta = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().optional(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish(),
  labels: textMap.nullish(),
  annotations: textMap.nullish(),
});

/** Metadata of an object as the API server gives it; more fields may stand in it. */
export type ObjectMeta = z.output<typeof objectMeta>;

/**
 * An object of the API. Only the metadata is parsed; whoever reads `spec` or `status` parses the
 * fields that it uses.
 */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** An object that is to be sent: the metadata that a client may set. */
export interface DesiredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** A place in the API: `/apis/<group>/<version>/…/<plural>`. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Names one object of a resource. The namespace is left out for cluster-wide resources. */
export interface ObjectName {
  readonly name: string;
  readonly namespace?: string | undefined;
}

export const apiVersionOf = ({ group, version }: Resource): string =>
  group === '' ? version : `${group}/${version}`;

/** `plural.group` as kubectl writes it. */
export const qualifiedName = ({ group, plural }: Resource): string =>
  group === '' ? plural : `${plural}.${group}`;

/** `<namespace>/<name>`, or the name alone where there is no namespace. */
export const objectKey = ({ namespace, name }: ObjectName): string =>
  namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;

/** Items of a list lack what the list says for all of them. */
const listItem = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: objectMeta,
});

/** Reads an object at the edge. Undefined where it has no metadata with a name. */
export function parseObject(resource: Resource, value: unknown): KubernetesObject | undefined {
  const result = listItem.safeParse(value);
  if (!result.success) return undefined;
  return { ...result.data, apiVersion: apiVersionOf(resource), kind: resource.kind };
}

export const listEnvelope = z.object({
  metadata: z
    .looseObject({
      resourceVersion: z.string().optional(),
      continue: z.string().optional(),
      remainingItemCount: z.number().optional(),
    })
    .optional(),
  items: z
    .array(z.unknown())
    .nullish()
    .transform((items) => items ?? []),
});
