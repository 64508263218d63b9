import { z } from 'zod';

/**
 * The answers of operations, parsed before anything uses them. Only what is used, and forgiving
 * where the product can go on without a value.
 */
const reference = z.object({ type: z.string(), value: z.string() });

export const referenceAnswer = reference;

export const serviceContent = z.object({
  rootFolder: reference,
  propertyCollector: reference,
  sessionManager: reference,
  authorizationManager: reference.optional(),
  customFieldsManager: reference.optional(),
  taskManager: reference.optional(),
  about: z.object({
    name: z.string().default(''),
    fullName: z.string().default(''),
    version: z.string().default(''),
    build: z.string().default(''),
    /** VirtualCenter or HostAgent. */
    apiType: z.string().default(''),
    apiVersion: z.string().default(''),
    instanceUuid: z.string().optional(),
  }),
});
export type ServiceContent = z.infer<typeof serviceContent>;

export const userSession = z.object({ key: z.string(), userName: z.string().default('') });

const fault = z
  .object({
    fault: z
      .object({ $type: z.string().optional(), privilegeId: z.string().optional() })
      .optional(),
    localizedMessage: z.string().optional(),
  })
  .optional();
export type PropertyFault = z.infer<typeof fault>;

const missingProperty = z.object({ path: z.string(), fault });

/** One object of a read: its properties and those that were refused. */
export const objectContent = z.object({
  obj: reference,
  // A property that is null may come without a value.
  propSet: z.array(z.object({ name: z.string(), val: z.unknown().optional() })).default([]),
  missingSet: z.array(missingProperty).default([]),
});
export type ObjectContent = z.infer<typeof objectContent>;

/** Only the frame is parsed here: `objects` may be many, and each is looked at on its own. */
export const retrieveResult = z.object({
  token: z.string().optional(),
  objects: z.array(z.unknown()).default([]),
});

export const updateSet = z.object({
  version: z.string(),
  truncated: z.boolean().default(false),
  filterSet: z
    .array(
      z.object({
        objectSet: z
          .array(
            z.object({
              kind: z.string(),
              obj: reference,
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});
export type UpdateSet = z.infer<typeof updateSet>;

export const entityPrivileges = z.array(
  z.object({
    entity: reference,
    privAvailability: z.array(z.object({ privId: z.string(), isGranted: z.boolean() })).default([]),
  }),
);

export const userPrivileges = z.array(
  z.object({ entity: reference, privileges: z.array(z.string()).default([]) }),
);

export const customFields = z.array(z.object({ key: z.number(), name: z.string() }));

/** Only the frame: what a network card hears is looked at where it is mapped. */
export const networkHints = z.array(z.object({ device: z.string() }).loose());
