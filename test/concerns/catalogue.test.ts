import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { catalogue, catalogueVersion } from '../../src/concerns/index.js';
import { concernPages } from '../../src/concerns/documentation/rule-page.js';
import { kindDefinition } from '../../src/graph/index.js';

const ruleFolders = new URL('../../src/concerns/rules/', import.meta.url);
const pageFolder = new URL('../../docs/concerns/', import.meta.url);
const besideRules = new Set(['index.ts', 'supported-guests.ts']);

/** Ids and categories of the vSphere rules in Forklift's catalogue. */
const vmwareRules = new Map([
  ['vmware.changed_block_tracking.disabled', 'Warning'],
  ['vmware.changed_block_tracking.disk.disabled', 'Warning'],
  ['vmware.consolidation_needed', 'Warning'],
  ['vmware.cpu_affinity.detected', 'Warning'],
  ['vmware.cpu_memory.hotplug.enabled', 'Warning'],
  ['vmware.datastore.missing', 'Critical'],
  ['vmware.device.sriov.detected', 'Warning'],
  ['vmware.disk.capacity.invalid', 'Critical'],
  ['vmware.disk.count.exceeds.limit', 'Warning'],
  ['vmware.disk.rdm.detected', 'Warning'],
  ['vmware.disk.shared.detected', 'Warning'],
  ['vmware.disk_mode.independent', 'Warning'],
  ['vmware.disk_serial.truncated', 'Information'],
  ['vmware.dpm.enabled', 'Information'],
  ['vmware.drs.enabled', 'Information'],
  ['vmware.fault_tolerance.enabled', 'Information'],
  ['vmware.guestDisks.freespace', 'Critical'],
  ['vmware.guestDisks.key.not_found', 'Information'],
  ['vmware.host_affinity.detected', 'Warning'],
  ['vmware.hostname.default', 'Warning'],
  ['vmware.hostname.empty', 'Warning'],
  ['vmware.numa_affinity.detected', 'Warning'],
  ['vmware.os.unsupported', 'Warning'],
  ['vmware.passthrough_device.detected', 'Critical'],
  ['vmware.snapshot.detected', 'Information'],
  ['vmware.tpm.detected', 'Warning'],
  ['vmware.usb_controller.detected', 'Warning'],
  ['vmware.vm.name.invalid', 'Warning'],
  ['vmware.vm_missing_ip.detected', 'Warning'],
]);

/** The same for OpenStack. */
const openstackRules = new Map([
  ['openstack.bios.boot_menu.enabled', 'Warning'],
  ['openstack.cpu.shares.defined', 'Warning'],
  ['openstack.disk.capacity.invalid', 'Critical'],
  ['openstack.disk.count.exceeds.limit', 'Warning'],
  ['openstack.disk.shared.detected', 'Warning'],
  ['openstack.disk.status.unsupported', 'Critical'],
  ['openstack.disk.unsupported_interface', 'Warning'],
  ['openstack.host_devices.mapped', 'Warning'],
  ['openstack.network.floating_ips.detected', 'Warning'],
  ['openstack.network.vif_model.unsupported', 'Warning'],
  ['openstack.numa_tuning.detected', 'Warning'],
  ['openstack.os.unsupported', 'Warning'],
  ['openstack.secure_boot.detected', 'Warning'],
  ['openstack.vm.name.invalid', 'Warning'],
  ['openstack.vm.status.invalid', 'Warning'],
  ['openstack.watchdog.detected', 'Warning'],
]);

const providers = [
  ['vmware', vmwareRules],
  ['openstack', openstackRules],
] as const;

describe('the catalogue', () => {
  it.each(providers)(
    'has each rule of Forklift for %s, with its category',
    (provider, expected) => {
      const rules = catalogue.filter((rule) => rule.provider === provider);
      expect(new Map(rules.map(({ id, category }) => [id, category]))).toEqual(expected);
    },
  );

  it('has no id twice', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  });

  it.each(providers)(
    'has every rule of %s that has a file, each named as its id ends',
    async (provider, expected) => {
      const folder = new URL(`${provider}/`, ruleFolders);
      const files = (await readdir(folder)).filter((file) => !besideRules.has(file));
      const names = [...expected.keys()].map((id) => `${id.slice(provider.length + 1)}.ts`);
      expect(files.sort()).toEqual(names.sort());
    },
  );

  it.each(catalogue.map((rule) => [rule.id, rule] as const))(
    '%s says when it fires, what it does and what to do, without values in its label',
    (_id, rule) => {
      for (const text of [rule.fires, rule.effect, rule.remedy, rule.causeReason]) {
        expect(text).toMatch(/^[A-Z`].+\.$/u);
      }
      expect(rule.label).not.toMatch(/[%{}']/u);
      expect(rule.version).toBeGreaterThan(0);
    },
  );

  it('names places that the model knows, but for operating systems', () => {
    const places = kindDefinition('Cause').edges.place?.to ?? [];
    const named = new Set(catalogue.flatMap(({ causeKinds }) => causeKinds));
    expect([...named].filter((kind) => !places.includes(kind))).toEqual(['OperatingSystem']);
  });

  it('has a version that is a digest', () => {
    expect(catalogueVersion).toMatch(/^[0-9a-f]{12}$/u);
  });
});

describe('the pages of the catalogue', () => {
  const pages = concernPages(catalogue);

  it('are there for every rule, and for no other', async () => {
    expect((await readdir(pageFolder)).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages])('%s is current', async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/concerns/${file}`);
  });
});
