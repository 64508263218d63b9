import { OpalError } from '../../errors/opal-error.js';

/** An export that cannot be read. Nothing of it reaches the graph. */
export class RvtoolsError extends OpalError {}

/** The file is no export, or a damaged one. */
export const brokenExport = (subject: string, why: string, cause?: unknown): RvtoolsError =>
  new RvtoolsError(
    {
      code: 'rvtools.broken',
      what: 'The RVTools export cannot be read',
      subject,
      why,
      remedy: 'Export it again with RVTools, as a workbook or as CSV files, and upload that',
      retryable: false,
    },
    { cause },
  );

/** The file is made to harm, or larger than any export. */
export const hostileExport = (subject: string, why: string): RvtoolsError =>
  new RvtoolsError({
    code: 'rvtools.refused',
    what: 'The RVTools export is refused',
    subject,
    why,
    remedy: 'No export of RVTools looks so: ask where the file comes from',
    retryable: false,
  });

export const missingUpload = (upload: string, cause: unknown): RvtoolsError =>
  new RvtoolsError(
    {
      code: 'rvtools.upload.missing',
      what: 'The uploaded RVTools export is not there',
      subject: upload,
      why: 'this server has no such upload, or removed it since no source used it for a day',
      remedy: 'Upload the file again: opal source upload <id> --file <file>',
      retryable: false,
    },
    { cause },
  );
