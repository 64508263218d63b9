import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const { packages } = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** Where npm looks for a package that another one asks for: beside it, then further out. */
const isLocked = (from: string, name: string): boolean => {
  for (let base = from; ; base = base.slice(0, Math.max(base.lastIndexOf('/node_modules/'), 0))) {
    const path = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (path in packages) return true;
    if (base === '') return false;
  }
};

describe('the lock file', () => {
  it('names the packages of every platform, without which npm ci refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        // A range may be left out; an exact version is a binary for one platform.
        .filter(([name, version]) => /^\d+\.\d+\.\d+/.test(version) && !isLocked(path, name))
        .map(([name]) => name),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    const hosts = Object.values(packages).filter(({ resolved }) => resolved !== undefined);
    expect(hosts).toEqual([]);
  });
});
