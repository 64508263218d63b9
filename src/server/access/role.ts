/** Roles from the least to the most powerful; each may do all that those before it may. */
export const roles = ['viewer', 'planner', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** True where `held` is at least `needed`. */
export function includesRole(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
