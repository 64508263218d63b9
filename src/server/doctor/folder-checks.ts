import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { isReadableByOthers, readKeyFile } from '../credentials/index.js';
import { lockHolder } from '../embedded/process-lock.js';
import { runningServer } from '../address-file.js';
import { findingFrom, ok, problem, type DoctorCheck, type DoctorFinding } from './finding.js';

const mebibyte = 2 ** 20;
/** Below this the embedded database cannot even write its first transaction log. */
const leastFreeBytes = 512 * mebibyte;
const comfortableFreeBytes = 5 * 1_024 * mebibyte;

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** The folder itself or, where it is still to be made, the nearest one above it that exists. */
function existingFolder(folder: string): string {
  let candidate = folder;
  while (!existsSync(candidate) && dirname(candidate) !== candidate) candidate = dirname(candidate);
  return candidate;
}

export const diskSpaceCheck: DoctorCheck = {
  name: 'disk space',
  run: async ({ configuration }) => {
    const folder = existingFolder(configuration.dataDir);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const what = `${gibibytes(free)} free in ${folder}`;
    if (free >= comfortableFreeBytes) return [ok('disk space', what)];
    const status = free < leastFreeBytes ? 'failed' : 'warning';
    const needed = status === 'failed' ? leastFreeBytes : comfortableFreeBytes;
    return [
      problem(
        'disk space',
        status,
        what,
        `${gibibytes(needed)} are ${status === 'failed' ? 'needed to start' : 'advised'}`,
        'Free some space or set OPAL_DATA_DIR to a folder on a larger disk',
      ),
    ];
  },
};

export const dataFolderCheck: DoctorCheck = {
  name: 'data folder',
  run: ({ configuration }) => {
    const check = 'data folder';
    const { dataDir } = configuration;
    const folder = existingFolder(dataDir);
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch {
      const remedy = 'Give this user the folder, or set OPAL_DATA_DIR to one it owns';
      const why = 'this user may not write there';
      return Promise.resolve([problem(check, 'failed', folder, why, remedy)]);
    }
    if (folder !== dataDir)
      return Promise.resolve([ok(check, `${dataDir}, made at the first start`)]);
    if ((statSync(folder).mode & 0o077) === 0) return Promise.resolve([ok(check, folder)]);
    const why = 'other users of this machine may look into it';
    return Promise.resolve([problem(check, 'warning', folder, why, `Run "chmod 700 ${folder}"`)]);
  },
};

export const lockCheck: DoctorCheck = {
  name: 'lock',
  run: ({ configuration }) => {
    const holder = lockHolder(join(configuration.dataDir, 'lock'));
    if (holder === undefined) return Promise.resolve([ok('lock', 'The data folder is free')]);
    const server = runningServer(configuration.dataDir);
    if (server !== undefined) {
      const what = `The data folder is in use by your own server at ${server.address}`;
      return Promise.resolve([ok('lock', what)]);
    }
    const remedy = 'Nothing, if that is your server; else stop that process';
    return Promise.resolve([
      problem('lock', 'warning', 'The data folder is in use', `it is held by ${holder}`, remedy),
    ]);
  },
};

export const keyFileCheck: DoctorCheck = {
  name: 'key file',
  run: ({ configuration }) => {
    const check = 'key file';
    const file = configuration.keyFile ?? join(configuration.dataDir, 'key');
    if (!existsSync(file)) return Promise.resolve([ok(check, `${file}, made at the first start`)]);
    try {
      readKeyFile(file);
    } catch (error) {
      return Promise.resolve([findingFrom(check, error)]);
    }
    if (!isReadableByOthers(file)) return Promise.resolve([ok(check, file)]);
    const why = 'every user of this machine can read it, and with it open all stored credentials';
    return Promise.resolve([problem(check, 'failed', file, why, `Run "chmod 600 ${file}"`)]);
  },
};

function checkCertificate(certificateFile: string, keyFile: string): DoctorFinding {
  const check = 'certificate';
  const certificate = new X509Certificate(readFileSync(certificateFile));
  const what = `${certificateFile}, valid until ${certificate.validTo}`;
  if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))) {
    const remedy = 'Give the key that the certificate was made for in OPAL_TLS_KEY_FILE';
    return problem(check, 'failed', what, `the key in ${keyFile} is another one`, remedy);
  }
  const now = Date.now();
  if (now > certificate.validToDate.getTime() || now < certificate.validFromDate.getTime()) {
    const why = 'it is not valid now, and clients will refuse it';
    return problem(check, 'warning', what, why, 'Renew the certificate, and check the clock');
  }
  return ok(check, what);
}

export const certificateCheck: DoctorCheck = {
  name: 'certificate',
  run: ({ configuration: { tlsCertificateFile, tlsKeyFile } }) => {
    if (tlsCertificateFile === undefined || tlsKeyFile === undefined) return Promise.resolve([]);
    try {
      return Promise.resolve([checkCertificate(tlsCertificateFile, tlsKeyFile)]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const remedy = 'Give both files in PEM, readable by this user';
      const what = `${tlsCertificateFile} and ${tlsKeyFile} cannot be used`;
      return Promise.resolve([problem('certificate', 'failed', what, why, remedy)]);
    }
  },
};
