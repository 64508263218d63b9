import type { Fence } from './fence.js';
import type { PowerState, SourceControl, SourceMachine } from './ports.js';

/** The one source machine of a run: looks freely, acts through the fence. */
export class FencedSource {
  constructor(
    private readonly control: SourceControl,
    private readonly externalId: string,
    private readonly fence: Fence,
    private readonly signal: AbortSignal,
  ) {}

  machine(): Promise<SourceMachine | undefined> {
    return this.control.machine(this.externalId, this.signal);
  }

  powerState(): Promise<PowerState | undefined> {
    return this.control.powerState(this.externalId, this.signal);
  }

  shutdownGuest(): Promise<void> {
    return this.act('shutdown-guest', () =>
      this.control.shutdownGuest(this.externalId, this.signal),
    );
  }

  powerOff(): Promise<void> {
    return this.act('power-off', () => this.control.powerOff(this.externalId, this.signal));
  }

  powerOn(): Promise<void> {
    return this.act('power-on', () => this.control.powerOn(this.externalId, this.signal));
  }

  private act(verb: string, perform: () => Promise<void>): Promise<void> {
    return this.fence.act({ verb, target: `source/${this.externalId}` }, perform);
  }
}
