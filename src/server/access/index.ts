export { Access, requireRole, type NewToken, type Principal, type TokenFacts } from './access.js';
export { ForbiddenError, TokenError, UnauthenticatedError } from './access-error.js';
export { ensureInitialToken, initialTokenFile, type InitialToken } from './initial-token.js';
export { includesRole, roles, type Role } from './role.js';
