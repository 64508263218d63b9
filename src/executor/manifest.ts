import { z } from 'zod';

const textMap = z.record(z.string(), z.string());

/** An object to be created in the target, as it stands in a work order: plain JSON, no secrets. */
export const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    name: z.string().min(1),
    namespace: z.string().exactOptional(),
    labels: textMap.exactOptional(),
    annotations: textMap.exactOptional(),
  }),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A manifest of one of Kubernetes' own kinds, with the fields that the API declares for it. */
export type ManifestOf<Kind> = Manifest & Omit<Kind, 'apiVersion' | 'kind' | 'metadata'>;
