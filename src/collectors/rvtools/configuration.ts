import { z } from 'zod';

/** Names of uploads are made by the server; nothing else can be a part of a path. */
const uploadName = /^[0-9a-f]{32}$/u;

export const rvtoolsConfiguration = z.strictObject({
  upload: z
    .string()
    .regex(uploadName, 'must be the name that the upload was answered with')
    .describe('Name of the uploaded workbook, or of the uploaded ZIP of CSV files.'),
  fileName: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('What the file is called where it came from; shown as the address of the source.'),
});
export type RvtoolsConfiguration = z.output<typeof rvtoolsConfiguration>;
