import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder for downloads that survive a fresh clone: `$XDG_CACHE_HOME/opal`, else `~/.cache/opal`.
 * A relative XDG_CACHE_HOME is ignored, as the XDG base directory specification asks.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const configured = environment.XDG_CACHE_HOME;
  const base =
    configured !== undefined && isAbsolute(configured) ? configured : join(homedir(), '.cache');
  return join(base, 'opal');
}
