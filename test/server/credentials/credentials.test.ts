import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addKey,
  CredentialError,
  dropOlderKeys,
  openVault,
  Secret,
} from '../../../src/server/credentials/index.js';

const canary = 'canary-7f3a9c-pässwörd';

describe('the vault', () => {
  let folder: string;
  let keyFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opal-vault-'));
    keyFile = join(folder, 'key');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('opens what it sealed, with secrets as plain texts', () => {
    const vault = openVault(keyFile);
    const sealed = vault.sealCredentials('vc-1', {
      user: 'reader',
      password: new Secret(canary),
      extra: [{ key: new Secret('a') }],
    });
    expect(sealed).not.toContain(canary);
    expect(vault.openCredentials('vc-1', sealed)).toEqual({
      user: 'reader',
      password: canary,
      extra: [{ key: 'a' }],
    });
  });

  it('opens whatever JSON was sealed, after a restart too', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (source, content) => {
        const sealed = openVault(keyFile).sealCredentials(source, content);
        expect(openVault(keyFile).openCredentials(source, sealed)).toEqual(
          JSON.parse(JSON.stringify(content)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('seals the same content differently each time', () => {
    const vault = openVault(keyFile);
    expect(vault.sealCredentials('s', { a: 1 })).not.toBe(vault.sealCredentials('s', { a: 1 }));
  });

  it('opens for no other source', () => {
    const vault = openVault(keyFile);
    const sealed = vault.sealCredentials('vc-1', { password: canary });
    expect(() => vault.openCredentials('vc-2', sealed)).toThrow(CredentialError);
  });

  it('notices any changed character, and its error quotes nothing', () => {
    const vault = openVault(keyFile);
    const sealed = vault.sealCredentials('vc-1', { password: canary });
    const positions = [0, 8, 22, 40, sealed.length - 3];
    for (const position of positions) {
      const letter = sealed[position] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, position) + letter + sealed.slice(position + 1);
      try {
        vault.openCredentials('vc-1', changed);
        expect.unreachable(`position ${String(position)} may be changed`);
      } catch (error) {
        expect(error).toBeInstanceOf(CredentialError);
        expect(inspect(error)).not.toContain(canary);
      }
    }
  });

  it('accepts no shortened authentication tag', () => {
    const vault = openVault(keyFile);
    const parts = vault.sealCredentials('vc-1', { password: canary }).split('.');
    const tag = Buffer.from(parts.pop() ?? '', 'base64url').subarray(0, 4);
    const shortened = [...parts, tag.toString('base64url')].join('.');
    expect(() => vault.openCredentials('vc-1', shortened)).toThrow(CredentialError);
  });

  it('makes its key file for its owner alone', () => {
    openVault(keyFile);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  });

  it('opens with older keys after a rotation, until everything was sealed anew', () => {
    const vault = openVault(keyFile);
    const old = vault.sealCredentials('vc-1', { password: canary });
    addKey(keyFile);
    expect(vault.openCredentials('vc-1', old)).toEqual({ password: canary });
    const renewed = vault.resealCredentials('vc-1', old);
    expect(renewed).not.toBe(old);
    expect(vault.resealCredentials('vc-1', renewed)).toBe(renewed);
    dropOlderKeys(keyFile);
    expect(vault.openCredentials('vc-1', renewed)).toEqual({ password: canary });
    expect(() => vault.openCredentials('vc-1', old)).toThrow(/key that sealed them is not/u);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  });

  it('refuses a key file that holds something else, without repeating it', () => {
    writeFileSync(keyFile, `${canary}\n`);
    expect(() => openVault(keyFile)).toThrow(/not a key of 32 bytes/u);
    expect(() => openVault(keyFile)).not.toThrow(new RegExp(canary, 'u'));
    expect(readFileSync(keyFile, 'utf8')).toContain(canary);
  });
});

describe('a secret', () => {
  it('shows itself in no way of making it a text', () => {
    const secret = new Secret(canary);
    const shown = [
      String(secret),
      secret.toString(),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
      inspect(secret),
      'a'.concat(secret as unknown as string),
      JSON.stringify(Object.entries(secret)),
      JSON.stringify(Object.assign({}, secret)),
    ].join('\n');
    expect(shown).not.toContain(canary);
    expect(shown).toContain('[secret]');
    expect(secret.reveal()).toBe(canary);
  });
});
