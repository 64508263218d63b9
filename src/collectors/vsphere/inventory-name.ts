const escapes: Readonly<Record<string, string>> = { '%2f': '/', '%5c': '\\', '%25': '%' };

/** vSphere stores `/`, `\` and `%` in names escaped, and nothing else. */
export const decodedName = (name: string): string =>
  name.replace(/%(?:2f|5c|25)/giu, (escape) => escapes[escape.toLowerCase()] ?? escape);

/** The other way, for inventory paths that the source is asked for. */
export const encodedName = (name: string): string =>
  name.replaceAll('%', '%25').replaceAll('/', '%2f').replaceAll('\\', '%5c');
