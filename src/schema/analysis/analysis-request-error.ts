import { OpalError } from '../../errors/opal-error.js';

/** An analysis that cannot be made as asked for. */
export class AnalysisRequestError extends OpalError {}
