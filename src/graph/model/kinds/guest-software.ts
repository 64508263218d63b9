import { defineKind } from '../kind.js';
import { flag, float, integer, text, textList } from '../property.js';
import { inSystem } from './guest.js';

export const softwarePackage = defineKind({
  label: 'Package',
  doc: 'A package, or an application of Windows: one for each format, name, version and architecture, over all guests of the source.',
  keeper: 'collector',
  properties: {
    format: text('rpm, deb, windows, …', { indexed: true }),
    displayName: text('What Windows shows.', { fullText: true }),
    epoch: integer('Epoch; absent where 0.'),
    version: text('Version.', { indexed: true }),
    release: text('Release.'),
    fullVersion: text('`epoch:version-release`, what of it there is.', { indexed: true }),
    architecture: text('Architecture.'),
    publisher: text('Who publishes it.', { indexed: true, fullText: true }),
    sourcePackage: text('Source package that it was built from.', { indexed: true }),
    summary: text('What it is, in a line.'),
  },
  edges: {},
});

export const service = defineKind({
  label: 'Service',
  doc: 'A service that the operating system starts.',
  keeper: 'collector',
  properties: {
    manager: text('What starts it.', {
      values: ['systemd', 'sysv', 'openrc', 'upstart', 'windows', 'other'],
    }),
    startup: text('When it starts.', {
      indexed: true,
      values: ['automatic', 'onDemand', 'disabled', 'masked', 'unknown'],
    }),
    enabled: flag('It starts with the machine.', { indexed: true }),
    displayName: text('What Windows shows.', { fullText: true }),
    program: text('Path of the program, without arguments.'),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_SERVICE]->(:Service)
    operatingSystem: inSystem('HAS_SERVICE', 'services'),
  },
});

export const scheduledJob = defineKind({
  label: 'ScheduledJob',
  doc: 'A job that the operating system starts at times.',
  keeper: 'collector',
  properties: {
    scheduler: text('What starts it.', {
      indexed: true,
      values: ['cron', 'anacron', 'systemdTimer', 'windowsTask', 'other'],
    }),
    schedule: text('When, in the words of its scheduler, for instance 0 3 * * *.'),
    user: text('Account it runs as.'),
    programs: textList('Programs that it starts, without arguments.'),
    definedIn: text('File that defines it.'),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_SCHEDULED_JOB]->(:ScheduledJob)
    operatingSystem: inSystem('HAS_SCHEDULED_JOB', 'scheduledJobs'),
  },
});

export const listener = defineKind({
  label: 'Listener',
  doc: 'A port that a server in the guest is configured to listen on.',
  keeper: 'collector',
  properties: {
    port: integer('Port.', { indexed: true }),
    protocol: text('Transport.', { values: ['tcp', 'udp'] }),
    address: text('Address; absent where it is all of them.'),
    server: text('Common name of the server: sshd, nginx, PostgreSQL.', { indexed: true }),
    origin: text('Whether its configuration says so, or it is what the server does by itself.', {
      values: ['configuration', 'default'],
    }),
    definedIn: text('File that says so.'),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_LISTENER]->(:Listener)
    operatingSystem: inSystem('HAS_LISTENER', 'listeners'),
  },
});

export const application = defineKind({
  label: 'Application',
  doc: 'An agent, a runtime or a server that was recognised in a guest.',
  keeper: 'collector',
  properties: {
    category: text('What it is.', {
      indexed: true,
      values: [
        'hypervisorTools',
        'backup',
        'monitoring',
        'antivirus',
        'management',
        'runtime',
        'server',
      ],
    }),
    isAgent: flag('It serves the surroundings of the machine, and may go with them.', {
      indexed: true,
    }),
    serverKind: text('Of a server: database, webServer, messageBroker, …', { indexed: true }),
    hypervisor: text('Hypervisor that its tools are for: vmware, kvm, hyperv, xen, …', {
      indexed: true,
    }),
    product: text('Product, where several have the name: OpenJDK, Docker, containerd.'),
    version: text('Version.', { indexed: true }),
    path: text('Where it is installed.'),
    names: textList('Names of its databases, sites or instances, as configured.', {
      fullText: true,
    }),
    evidence: text('What shows that it is there.'),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_APPLICATION]->(:Application)
    operatingSystem: inSystem('HAS_APPLICATION', 'applications'),
  },
});

export const workload = defineKind({
  label: 'Workload',
  doc: 'What a machine does for its users, as its packages, services, files and ports show.',
  keeper: 'collector',
  properties: {
    category: text('What it does.', {
      indexed: true,
      values: [
        'database',
        'webServer',
        'applicationServer',
        'directory',
        'messageBroker',
        'fileServer',
        'mailServer',
        'nameServer',
        'proxy',
        'cache',
        'containerHost',
        'virtualizationHost',
        'monitoring',
        'backup',
        'automation',
        'collaboration',
        'businessApplication',
        'middleware',
        'appliance',
        'desktop',
        'other',
      ],
    }),
    product: text('Product.', { indexed: true, fullText: true }),
    vendor: text('Who makes it.', { indexed: true }),
    version: text('Version of the package that shows it.'),
    rule: text('Id of the rule that found it.', { indexed: true }),
    confidence: float('How sure it is, from 0 to 1.', { indexed: true }),
    evidence: textList('What shows it, the strongest first, as `<kind> <name>`.'),
    enabled: flag('A service of it starts with the machine; absent where none is known.'),
    ports: textList('Ports it listens on, as configured.'),
    names: textList('Names of its databases, sites or instances.', { fullText: true }),
  },
  edges: {
    // (:OperatingSystem)-[:SHOWS_WORKLOAD]->(:Workload)
    operatingSystem: inSystem('SHOWS_WORKLOAD', 'workloads'),
    // (:Guest)-[:HAS_WORKLOAD]->(:Workload)
    guest: {
      type: 'HAS_WORKLOAD',
      direction: 'in',
      to: ['Guest'],
      cardinality: 'one',
      inverse: 'workloads',
      inverseCardinality: 'many',
      doc: 'The guest it was found in.',
    },
    // (:VirtualMachine)-[:RUNS_WORKLOAD]->(:Workload)
    machines: {
      type: 'RUNS_WORKLOAD',
      direction: 'in',
      to: ['VirtualMachine'],
      cardinality: 'many',
      inverse: 'workloads',
      inverseCardinality: 'many',
      doc: 'The machine that does it.',
      keeper: 'identity',
    },
    // (:Workload)-[:SHOWN_BY]->(:Package|Service|Listener|Application|GuestFile)
    shownBy: {
      type: 'SHOWN_BY',
      direction: 'out',
      to: ['Package', 'Service', 'Listener', 'Application', 'GuestFile'],
      cardinality: 'many',
      inverse: 'workloads',
      inverseCardinality: 'many',
      doc: 'What shows it.',
    },
  },
});
