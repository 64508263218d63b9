import { Extensions } from 'type-graphql';
import type { Role } from '../../server/access/index.js';

/** Under which the role of a root field stands in the schema's extensions. */
export const roleExtension = 'role';

/** The least role that may use a root field. A root field without one does not build. */
export const NeedsRole = (role: Role): MethodDecorator & PropertyDecorator =>
  Extensions({ [roleExtension]: role });
