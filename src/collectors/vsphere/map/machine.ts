import { to, type EdgeTarget } from '../../../graph/model/index.js';
import type { Fields } from './fields.js';
import { SourceObject } from './source-object.js';

/** A virtual machine or a template, with what several of its parts need. */
export class Machine extends SourceObject {
  private settings: ReadonlyMap<string, string> | undefined;
  private all: readonly Fields[] | undefined;

  get isTemplate(): boolean {
    return this.raw.body['config.template'] === true;
  }

  /** False for a machine whose configuration the source cannot read: orphaned or inaccessible. */
  get hasConfiguration(): boolean {
    return this.fields.has('config.hardware');
  }

  get self(): EdgeTarget {
    return to(this.isTemplate ? 'Template' : 'VirtualMachine', this.id);
  }

  get devices(): readonly Fields[] {
    this.all ??= this.fields
      .part('config.hardware')
      .objects('device')
      .filter((device) => device.integer('key') !== undefined);
    return this.all;
  }

  get disks(): readonly Fields[] {
    return this.devices.filter((device) => device.class === 'VirtualDisk');
  }

  /** Adapters alone of all devices have a MAC address. */
  get adapters(): readonly Fields[] {
    return this.devices.filter(
      (device) => device.has('macAddress') || device.class === 'VirtualSriovEthernetCard',
    );
  }

  /** An advanced setting. Its name is compared without case, as the source does. */
  setting(name: string): string | undefined {
    this.settings ??= new Map(
      this.fields
        .objects('config.extraConfig')
        .map((option) => [(option.text('key') ?? '').toLowerCase(), option.text('value') ?? '']),
    );
    return this.settings.get(name.toLowerCase());
  }

  switchedOn(name: string): boolean | undefined {
    const value = this.setting(name);
    return value === undefined ? undefined : value.trim().toLowerCase() === 'true';
  }
}

/** Key of a device. Machines list devices with a key alone. */
export const deviceKey = (device: Fields): number => device.integer('key') ?? 0;
