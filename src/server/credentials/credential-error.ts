import { OpalError } from '../../errors/opal-error.js';

/** Credentials could not be sealed or opened. Never says anything about their content. */
export class CredentialError extends OpalError {}
