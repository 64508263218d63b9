import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { confirmed, requireYes } from '../confirm.js';
import { ExitCode } from '../exit-code.js';
import { readGivenFile } from '../given-file.js';
import { age } from '../output/quantity.js';
import { readSecret } from '../read-secret.js';
import { addOpenstackOptions, openstackFields, type OpenstackOptions } from './openstack-source.js';
import { wholeNumber } from './option-values.js';
import {
  describeVerification,
  draftSource,
  listSources,
  removeSource,
  reconfigureSource,
  saveSource,
  showSource,
  verifySource,
  type Source,
  type Verified,
} from './source-operations.js';
import { fileFields, nameOfFile, registerUpload } from './source-file.js';
import { showSyncs } from './syncs.js';

interface AddOptions extends OpenstackOptions {
  readonly kind: string;
  readonly name?: string;
  readonly id?: string;
  readonly address?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly authorityFile?: string;
  readonly fingerprint?: string;
  readonly trust?: boolean;
  readonly file?: string;
}

const usage = (subject: string, why: string, remedy: string): CliError =>
  new CliError({ what: 'The source cannot be added', subject, why, remedy }, ExitCode.usage);

const vsphereFields = async (options: AddOptions): Promise<Record<string, unknown>> => {
  const { address, username, authorityFile, fingerprint } = options;
  if (address === undefined)
    throw usage('--address', 'it is missing', 'Name the vCenter or ESXi host.');
  if (username === undefined) throw usage('--username', 'it is missing', 'Name the account.');
  const variable = 'OPAL_SOURCE_PASSWORD';
  const password = await readSecret('Password', { file: options.passwordFile, variable });
  return {
    address,
    username,
    password,
    ...(authorityFile === undefined
      ? {}
      : { authority: readGivenFile('--authority-file', authorityFile) }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
};

const kubevirtFields = ({ kubeconfig, context }: AddOptions): Record<string, unknown> => {
  if (kubeconfig === undefined)
    throw usage('--kubeconfig', 'it is missing', 'Name a kubeconfig file.');
  const text = readGivenFile('--kubeconfig', kubeconfig);
  const byPath = /^\s*(?:certificate-authority|client-certificate|client-key|tokenFile):/m.test(
    text,
  );
  return {
    ...(byPath ? { kubeconfigPath: kubeconfig } : { kubeconfig: text }),
    ...(context === undefined ? {} : { context }),
  };
};

const kinds = ['vsphere', 'kubevirt', 'openstack', 'rvtools'] as const;

const requireKind = (kind: string): void => {
  if (kinds.some((known) => known === kind)) return;
  const initial = kind.toLowerCase().charAt(0);
  const nearest = kinds.find((known) => known.startsWith(initial)) ?? 'vsphere';
  const sorted = [...kinds].sort((a, b) => Number(b === nearest) - Number(a === nearest));
  throw usage(`--kind ${kind}`, `the kinds are ${sorted.join(', ')}`, `Did you mean ${nearest}?`);
};

const optionOfField: Readonly<Record<string, string>> = {
  password: '--password-file',
  applicationCredentialSecret: '--password-file',
  token: '--token-file',
  projectName: '--project',
  systemScope: '--system-scope',
  authority: '--authority-file',
};

/** The API speaks of fields, the command line of options. */
const inOptions = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const { code, what, subject, why, retryable, exitCode } = error;
    const remedy = error.remedy.replace(
      /the field (\w+)/g,
      (_, field: string) => optionOfField[field] ?? `--${field}`,
    );
    throw new CliError({ code, what, subject, why, remedy, retryable }, exitCode, { cause: error });
  }
};

const isBlocked = ({ verification }: Verified): boolean => !verification.ok;

/** Whether the certificate is the only thing that stands between the draft and saving it. */
const needsTrust = ({ verification }: Verified): boolean =>
  verification.certificate?.trusted === false;

const acceptedFingerprint = async (
  verified: Verified,
  { fingerprint, trust }: AddOptions,
): Promise<string | undefined> => {
  const { certificate } = verified.verification;
  if (!certificate || !needsTrust(verified)) return undefined;
  if (fingerprint !== undefined) return fingerprint;
  const asked =
    trust === true ||
    (await confirmed('Does this fingerprint match what the source itself shows?'));
  if (asked) return certificate.sha256;
  throw new CliError(
    {
      what: 'The source is kept as a draft for a day',
      subject: verified.source.id,
      why: 'nobody has compared and accepted its certificate',
      remedy: `Compare the fingerprint, then run: opal source save ${verified.source.id} --fingerprint ${certificate.sha256}`,
    },
    ExitCode.needsDecision,
  );
};

const fieldsOf = (
  context: CommandContext,
  options: AddOptions,
): Record<string, unknown> | Promise<Record<string, unknown>> => {
  switch (options.kind) {
    case 'kubevirt':
      return kubevirtFields(options);
    case 'openstack':
      return openstackFields(options);
    case 'rvtools':
      return fileFields(context, options.file);
    default:
      return vsphereFields(options);
  }
};

const add = async (
  context: CommandContext,
  given: string | undefined,
  options: AddOptions,
): Promise<void> => {
  requireKind(options.kind);
  const configuration = await fieldsOf(context, options);
  const name = given ?? options.name ?? options.address ?? nameOfFile(options.file) ?? options.kind;
  const id = options.id ?? null;
  const wanted = { name, id, kind: options.kind, configuration };
  const draft = await inOptions(draftSource(context.api, wanted));
  context.note(describeVerification(draft.verification));
  const accepted = await acceptedFingerprint(draft, options);
  if (isBlocked(draft) && accepted === undefined) {
    throw new CliError(
      {
        what: 'The source is kept as a draft for a day',
        subject: draft.source.id,
        why: 'verification found what stands against it, above',
        remedy: `Mend that, then run: opal source save ${draft.source.id}`,
      },
      ExitCode.needsDecision,
    );
  }
  const saved = await saveSource(context.api, draft.source.id, accepted);
  context.object(saved.source, [
    ['source', saved.source.id],
    ['kind', saved.source.kind],
    ['address', saved.source.address],
    ['product', saved.source.product],
    ['version', saved.source.version],
    ['fingerprint', saved.source.fingerprint],
  ]);
};

/** What a person wants to know first: can what is shown of the source be relied on? */
const stateOf = (source: Source): string => {
  if (source.state !== 'saved') return source.state;
  if (source.lastError !== null) return 'failing';
  if (source.lastComplete === null || source.lastComplete === 0) return 'reading';
  return source.staleSince === null ? 'current' : 'stale';
};

const list = async (context: CommandContext): Promise<void> => {
  const sources = await listSources(context.api);
  const judged = sources.map((source) => ({
    ...source,
    state: stateOf(source),
    saved: source.state === 'saved',
  }));
  context.rows(judged, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'kind', cell: ({ kind }) => kind },
    { title: 'state', cell: ({ state }) => state },
    { title: 'address', cell: ({ address }) => address },
    { title: 'version', cell: ({ version }) => version },
    {
      title: 'read',
      cell: ({ lastReadAt }) => age(lastReadAt),
      exact: ({ lastReadAt }) => lastReadAt,
    },
    {
      title: 'stale',
      cell: ({ staleSince }) => (staleSince === null ? '' : `since ${staleSince}`),
      exact: ({ staleSince }) => staleSince,
    },
    { title: 'error', cell: ({ lastError }) => lastError },
  ]);
};

const show = async (context: CommandContext, id: string): Promise<void> => {
  const source = await showSource(context.api, id);
  context.object({ ...source, state: stateOf(source), saved: source.state === 'saved' }, [
    ['id', source.id],
    ['name', source.name],
    ['kind', source.kind],
    ['state', stateOf(source)],
    ['address', source.address],
    ['product', source.product],
    ['version', source.version],
    ['fingerprint', source.fingerprint],
    ['last complete sync', source.lastComplete],
    ['last read', context.moment(source.lastReadAt)],
    ['stale since', source.staleSince],
    ['could not be read', source.omissionCount],
    ['last error', source.lastError],
  ]);
};

const verify = async (context: CommandContext, id: string): Promise<void> => {
  const { verification } = await verifySource(context.api, id);
  context.print(
    context.options.output === 'json'
      ? JSON.stringify(verification, undefined, 2)
      : describeVerification(verification),
  );
  if (!verification.ok) process.exitCode = ExitCode.needsDecision;
};

const addOptions = (command: Command): Command =>
  addOpenstackOptions(command)
    .requiredOption('--kind <kind>', 'vsphere, kubevirt, openstack or rvtools')
    .option('--name <name>', 'name to show; the address if left out')
    .option('--id <id>', 'begins the ids of all its objects; made from the name if left out')
    .option(
      '--address <host>',
      'vSphere: host, host:port or URL; OpenStack: URL of the identity service',
    )
    .option('--username <user>', 'vSphere, OpenStack: account, for instance reader@vsphere.local')
    .option(
      '--password-file <file>',
      'vSphere, OpenStack: file with the password, - for standard input; else OPAL_SOURCE_PASSWORD, else asked',
    )
    .option('--authority-file <file>', 'vSphere, OpenStack: certificate of the authority, PEM')
    .option('--kubeconfig <file>', 'KubeVirt: kubeconfig of the target cluster')
    .option('--context <name>', 'KubeVirt: context of the kubeconfig')
    .option('--file <file>', 'RVTools: workbook, or ZIP or folder of its CSV files')
    .option('--fingerprint <sha256>', 'accept exactly this certificate')
    .option('--trust', 'accept the certificate that is shown, without comparing');

/** opal source … */
export const registerSource: RegisterCommand = (program, context) => {
  const source = program.command('source').description('sources of inventory and target clusters');
  addOptions(
    source.command('add [name]').description('verify a source, then save and collect it'),
  ).action((name: string | undefined, options: AddOptions) => add(context(), name, options));
  registerUpload(source, context);
  source
    .command('list')
    .description('all sources')
    .action(() => list(context()));
  source
    .command('show <id>')
    .description('one source')
    .action((id: string) => show(context(), id));
  source
    .command('syncs <id>')
    .description('reads of a source, newest first, with what they found')
    .option('--limit <number>', 'reads at most', wholeNumber, 20)
    .action((id: string, { limit }: { limit: number }) => showSyncs(context(), id, limit));
  source
    .command('verify <id>')
    .description('look at certificate, version and privileges again')
    .action((id: string) => verify(context(), id));
  source
    .command('save <id>')
    .description('save a draft and start to collect it')
    .option('--fingerprint <sha256>', 'certificate that was compared and is accepted')
    .action(async (id: string, { fingerprint }: { fingerprint?: string }) => {
      const saved = await saveSource(context().api, id, fingerprint);
      context().note(`${saved.source.id} is saved and is being read.`);
    });
  source
    .command('password <id>')
    .description('change the password of a vSphere or OpenStack account, after verifying it')
    .option('--password-file <file>', 'file with the password, - for standard input')
    .action(async (id: string, { passwordFile }: { passwordFile?: string }) => {
      const variable = 'OPAL_SOURCE_PASSWORD';
      const password = await readSecret('Password', { file: passwordFile, variable });
      await reconfigureSource(context().api, id, { password });
      context().note(`${id} uses the new password.`);
    });
  source
    .command('remove <id>')
    .description('remove a source with all that was collected from it')
    .option('--yes', 'do not ask')
    .action(async (id: string, { yes }: { yes?: boolean }) => {
      await requireYes(yes, `Remove ${id} and everything collected from it?`, {
        what: 'Nothing was removed',
        subject: id,
      });
      await removeSource(context().api, id);
      context().note(`${id} is removed.`);
    });
};
