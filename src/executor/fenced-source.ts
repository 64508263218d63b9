import type { Fence } from './fence.js';
import type { ConversionAddress, PowerState, SourceControl, SourceMachine } from './ports.js';

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

  conversionAddress(): Promise<ConversionAddress | undefined> {
    return this.control.conversionAddress(this.externalId, this.signal);
  }

  shutdownGuest(): Promise<void> {
    return this.act('shutdown-guest', 'poweredOff', () =>
      this.control.shutdownGuest(this.externalId, this.signal),
    );
  }

  powerOff(): Promise<void> {
    return this.act('power-off', 'poweredOff', () =>
      this.control.powerOff(this.externalId, this.signal),
    );
  }

  powerOn(): Promise<void> {
    return this.act('power-on', 'poweredOn', () =>
      this.control.powerOn(this.externalId, this.signal),
    );
  }

  /** A refusal by a machine that is in the wanted state by now is none: somebody was quicker. */
  private async act(verb: string, wanted: PowerState, perform: () => Promise<void>): Promise<void> {
    try {
      await this.fence.act({ verb, target: `source/${this.externalId}` }, perform);
    } catch (error) {
      if (this.signal.aborted || (await this.powerState()) !== wanted) throw error;
    }
  }
}
