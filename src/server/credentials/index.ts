export { CredentialError } from './credential-error.js';
export { addKey, dropOlderKeys, isReadableByOthers, readKeyFile } from './key-file.js';
export { Secret } from './secret.js';
export { openVault, type CredentialVault } from './vault.js';
