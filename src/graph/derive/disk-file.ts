const delta = /-\d{6}(?=\.vmdk$)/iu;
const ending = /\.vmdk$/iu;

/** The file that a disk began as: snapshot deltas `name-000001.vmdk` belong to `name.vmdk`. */
export const baseFile = (file: string): string => file.replace(delta, '');

/** What all files of a snapshot chain begin with, and some others too. */
export const chainPrefix = (file: string): string => baseFile(file).replace(ending, '');
