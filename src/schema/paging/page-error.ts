import { OpalError } from '../../errors/opal-error.js';

/** A page that cannot be given as asked for. */
export class PageError extends OpalError {}
