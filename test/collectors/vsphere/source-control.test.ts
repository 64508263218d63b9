import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importerCredentials,
  openSourceControl,
  type VsphereSourceControl,
} from '../../../src/collectors/vsphere/actions/index.js';
import { startVcsim, type Vcsim } from '../../lab/vcsim.js';
import { configurationOf, govc } from './whole-read.js';

const signal = new AbortController().signal;
let vcsim: Vcsim;
let control: VsphereSourceControl;
let machine: string;

beforeAll(async () => {
  vcsim = await startVcsim({ machines: 2, clusters: 1, standaloneHosts: 1, shutdownDelayMs: 300 });
  control = await openSourceControl(configurationOf(vcsim), signal);
  const found = await govc(vcsim, 'find', '-i', '/', '-type', 'm', '-name', 'DC0_C0_RP0_VM0');
  machine = found.trim().split(':')[1] ?? '';
});

afterAll(async () => {
  await control.close();
  await vcsim.stop();
});

const setTools = (state: string): Promise<void> =>
  vcsim.admin.setProperties('VirtualMachine', machine, {
    'guest.toolsRunningStatus': `<val xsi:type="xsd:string">${state}</val>`,
  });

describe('the control of a source', () => {
  it('sees the machine as it is', async () => {
    expect(await control.machine(machine, signal)).toMatchObject({
      name: 'DC0_C0_RP0_VM0',
      powerState: 'poweredOn',
      connected: true,
      template: false,
      guestAgentRunning: false,
      disks: [
        { file: expect.stringContaining('disk1.vmdk') as string, capacityBytes: 10 * 1024 ** 3 },
      ],
    });
  });

  it('knows nothing of a machine that is not there', async () => {
    expect(await control.machine('vm-0', signal)).toBeUndefined();
    expect(await control.powerState('vm-0', signal)).toBeUndefined();
    expect(await control.conversionAddress('vm-0', signal)).toBeUndefined();
  });

  it('asks the guest to shut down and waits until it has', async () => {
    await setTools('guestToolsRunning');
    await control.shutdownGuest(machine, signal);
    expect(await control.waitForPowerState(machine, 'poweredOff', 20_000, signal)).toBe(true);
  });

  it('turns a machine on and off', async () => {
    await control.powerOn(machine, signal);
    expect(await control.powerState(machine, signal)).toBe('poweredOn');
    await control.powerOff(machine, signal);
    expect(await control.powerState(machine, signal)).toBe('poweredOff');
  });

  it('throws the fault of a refused task with the machine', async () => {
    await expect(control.powerOff(machine, signal)).rejects.toMatchObject({
      code: 'vsphere.fault.InvalidPowerState',
    });
  });

  it('throws where the guest cannot be asked', async () => {
    await control.powerOn(machine, signal);
    await setTools('guestToolsNotRunning');
    await expect(control.shutdownGuest(machine, signal)).rejects.toMatchObject({
      fault: 'ToolsUnavailable',
    });
  });

  it('gives up waiting after the time', async () => {
    expect(await control.waitForPowerState(machine, 'suspended', 50, signal)).toBe(false);
  });

  it('logs in again when the source ended its session', async () => {
    await vcsim.admin.inject({
      method: 'PowerOffVM_Task',
      action: 'fault',
      fault: 'NotAuthenticated',
      count: 1,
    });
    await control.powerOff(machine, signal);
    await vcsim.admin.removeRules();
    expect(await control.powerState(machine, signal)).toBe('poweredOff');
  });

  it('does not repeat a power operation whose answer was lost', async () => {
    await vcsim.admin.resetCounts();
    await vcsim.admin.inject({ method: 'PowerOnVM_Task', action: 'executeThenDrop', count: 1 });
    await expect(control.powerOn(machine, signal)).rejects.toMatchObject({
      code: 'vsphere.unreachable',
    });
    await vcsim.admin.removeRules();
    expect((await vcsim.admin.counts()).calls.PowerOnVM_Task).toBe(1);
  });

  it('tells where a conversion finds the machine', async () => {
    const address = await control.conversionAddress(machine, signal);
    expect(address?.libvirtUri).toMatch(
      /^vpx:\/\/administrator%40vsphere\.local@127\.0\.0\.1:\d+\/DC0\/DC0_C0\/DC0_C0_H\d\?no_verify=1$/u,
    );
    expect(address).toMatchObject({
      machineName: 'DC0_C0_RP0_VM0',
      vddkMachine: `moref=${machine}`,
    });
  });

  it('gives an importer the fingerprint that VDDK wants', async () => {
    expect(await importerCredentials(configurationOf(vcsim), signal)).toMatchObject({
      url: vcsim.url,
      thumbprint: vcsim.sha1,
    });
  });
});
