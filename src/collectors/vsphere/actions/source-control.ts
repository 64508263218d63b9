import type { VsphereConfiguration } from '../configuration.js';
import { takeSession } from '../session-slots.js';
import { requireProduct } from '../session.js';
import { VimClient } from '../vim-client.js';
import { readConversionAddress, type ConversionAddress } from './conversion-address.js';
import {
  readMachine,
  readPowerState,
  type ControlledMachine,
  type PowerState,
} from './machine-state.js';
import { runTask } from './run-task.js';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 1_000;
const machineReference = (externalId: string) => ({ type: 'VirtualMachine', value: externalId });

/**
 * What a migration may do at a source: look, and turn a machine off and on. There is deliberately
 * no way to change or to delete one.
 */
export interface VsphereSourceControl {
  /** `undefined` where the source no longer knows the machine. */
  machine(externalId: string, signal: AbortSignal): Promise<ControlledMachine | undefined>;
  powerState(externalId: string, signal: AbortSignal): Promise<PowerState | undefined>;
  /** Asks the guest; returns when the request is accepted, not when the machine is off. */
  shutdownGuest(externalId: string, signal: AbortSignal): Promise<void>;
  powerOff(externalId: string, signal: AbortSignal): Promise<void>;
  powerOn(externalId: string, signal: AbortSignal): Promise<void>;
  /**
   * Waits until the machine is in the state; false where it was not within the time.
   *
   * @param timeoutMs in milliseconds.
   */
  waitForPowerState(
    externalId: string,
    state: PowerState,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Where a conversion finds the machine; `undefined` where the source no longer knows it. */
  conversionAddress(
    externalId: string,
    signal: AbortSignal,
  ): Promise<ConversionAddress | undefined>;
  /** Ends the session. Never throws. */
  close(): Promise<void>;
}

class LoggedInControl implements VsphereSourceControl {
  constructor(
    private readonly client: VimClient,
    private readonly giveBack: () => void,
  ) {}

  machine(externalId: string, signal: AbortSignal): Promise<ControlledMachine | undefined> {
    return readMachine(this.client, externalId, signal);
  }

  powerState(externalId: string, signal: AbortSignal): Promise<PowerState | undefined> {
    return readPowerState(this.client, externalId, signal);
  }

  async shutdownGuest(externalId: string, signal: AbortSignal): Promise<void> {
    await this.client.call('ShutdownGuest', machineReference(externalId), {}, { signal });
  }

  powerOff(externalId: string, signal: AbortSignal): Promise<void> {
    return runTask(this.client, 'PowerOffVM_Task', machineReference(externalId), signal);
  }

  powerOn(externalId: string, signal: AbortSignal): Promise<void> {
    return runTask(this.client, 'PowerOnVM_Task', machineReference(externalId), signal);
  }

  async waitForPowerState(
    externalId: string,
    state: PowerState,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      if ((await this.powerState(externalId, signal)) === state) return true;
      if (performance.now() >= end) return false;
      await delay(Math.min(pollMs, Math.max(end - performance.now(), 1)), undefined, { signal });
    }
  }

  conversionAddress(
    externalId: string,
    signal: AbortSignal,
  ): Promise<ConversionAddress | undefined> {
    return readConversionAddress(this.client, externalId, signal);
  }

  async close(): Promise<void> {
    await this.client.close();
    this.giveBack();
  }
}

/**
 * Logs in at a source to control its machines. A session that the source ends meanwhile is renewed
 * by itself.
 *
 * @throws VsphereError: unreachable, untrusted or changed certificate, refused login.
 */
export async function openSourceControl(
  configuration: VsphereConfiguration,
  signal: AbortSignal,
): Promise<VsphereSourceControl> {
  const { address, username } = configuration;
  const giveBack = await takeSession(`${username}@${address}`, signal);
  const client = new VimClient(configuration);
  try {
    await client.connect(signal);
    requireProduct(client);
    await client.login(signal);
    return new LoggedInControl(client, giveBack);
  } catch (error) {
    await client.close();
    giveBack();
    throw error;
  }
}
