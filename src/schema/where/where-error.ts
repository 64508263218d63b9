import { OpalError } from '../../errors/opal-error.js';

/** A `where` that asks for something that cannot be answered. */
export class WhereError extends OpalError {}
