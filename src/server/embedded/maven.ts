import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedServiceError, MissingProgramError } from './embedded-service-error.js';

const run = promisify(execFile);
const downloadTimeoutMs = 15 * 60_000;

/** Coordinates of one artifact on Maven Central. */
export interface MavenArtifact {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

/** `-B` asks nothing, `-ntp` prints no progress, `-C` fails on a wrong checksum. */
const commonArguments = ['-B', '-ntp', '-C', '-Dmaven.artifact.threads=10'];

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The lines that say what went wrong, out of everything Maven prints. */
function errorLines(error: unknown): string {
  const output =
    error instanceof Error && 'stdout' in error && typeof error.stdout === 'string'
      ? error.stdout
      : String(error);
  const lines = output.split('\n').filter((line) => line.includes('[ERROR]'));
  return lines.slice(0, 3).join(' ').replaceAll('[ERROR]', '').trim() || 'Maven gave no reason';
}

async function runMaven(
  folder: string,
  subject: string,
  goal: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  try {
    await run('mvn', [...commonArguments, ...goal], {
      cwd: folder,
      timeout: downloadTimeoutMs,
      maxBuffer: 64 * 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (isMissing(error)) {
      throw new MissingProgramError('Maven', 'there is no mvn on the PATH', {
        apt: 'maven',
        brew: 'maven',
      });
    }
    throw new EmbeddedServiceError(
      {
        code: 'embedded.download.failed',
        what: 'Maven could not download what the embedded services need',
        subject,
        why: errorLines(error),
        remedy:
          'Check that this machine reaches Maven Central (a proxy or mirror goes into ~/.m2/settings.xml) and that the disk has space, then start again',
        retryable: true,
      },
      { cause: error },
    );
  }
}

function projectFile(artifacts: readonly MavenArtifact[]): string {
  const dependencies = artifacts.map(
    ({ group, artifact, version }) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    '<groupId>opal</groupId><artifactId>embedded</artifactId><version>1</version><packaging>pom</packaging>',
    `<dependencies>${dependencies.join('')}</dependencies></project>`,
  ].join('\n');
}

/**
 * Downloads the artifacts and everything they need at run time into `<folder>/lib`.
 *
 * @throws MissingProgramError without Maven, EmbeddedServiceError when a download fails.
 */
export async function downloadRuntime(
  folder: string,
  artifacts: readonly MavenArtifact[],
  signal?: AbortSignal,
): Promise<void> {
  await writeFile(join(folder, 'pom.xml'), projectFile(artifacts));
  await runMaven(
    folder,
    artifacts.map(({ artifact, version }) => `${artifact} ${version}`).join(', '),
    [
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'lib')}`,
    ],
    signal,
  );
}

/** Downloads one artifact and unpacks its files into `folder`. Errors as in {@link downloadRuntime}. */
export async function unpackArtifact(
  folder: string,
  artifact: MavenArtifact,
  signal?: AbortSignal,
): Promise<void> {
  const coordinates = `${artifact.group}:${artifact.artifact}:${artifact.version}`;
  const goal = ['dependency:unpack', `-Dartifact=${coordinates}`, `-DoutputDirectory=${folder}`];
  await runMaven(folder, coordinates, goal, signal);
}
