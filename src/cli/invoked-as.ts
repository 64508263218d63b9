/** Commands that the product names in its texts begin with `opal`; a person may have to type more. */
const ownCommand =
  /(?<!npx )(?<=^|[\s`"'(:])opal (?=(?:up|doctor|source|collect|search|searches|diff|causes|similar|what-if|report|export|plan|migrate|record|replay|token|audit)\b)/gmu;

/** Without the prefix of the server's options, which has to be one of them. */
const invokedAsVariable = 'CLI_INVOKED_AS';

/**
 * How this person calls the command line: `opal` where it is linked, `npx opal` in the folder, or
 * the path of the program. bin/opal.js says so, since the program that it starts cannot tell.
 */
export const invokedAs = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment[invokedAsVariable] ?? 'opal';

/** A text with its commands as this person would type them. */
export const asTyped = (text: string, program = invokedAs()): string =>
  program === 'opal' ? text : text.replace(ownCommand, `${program} `);
